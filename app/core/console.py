"""What every console command stands on: commands found by name when they are asked for, and one transaction each."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from app.core.errors import ProductError

if TYPE_CHECKING:
    from flask import Flask

P = ParamSpec("P")
R = TypeVar("R")

#: What the console carries along: a call gives the application, on a database that is there for the block.
Application = Callable[[], AbstractContextManager["Flask"]]


class Console(click.Group):
    """A group whose commands live in the features: `{"import": "app.imports.cli:commands"}`, loaded when named."""

    def __init__(self, *args: Any, features: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.features = features or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self.features})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.features:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.features[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def _in_words(_context: click.Context, _option: click.Parameter, why: str) -> str:
    if not why.strip():
        raise click.BadParameter("say why in a few words; it is kept with the fact")
    return why.strip()


#: An option that every command takes which somebody may have to answer for; the command gets it as `why`.
reason = click.option("--reason", "why", required=True, callback=_in_words, help="Why; it is kept with the fact.")


def in_app(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application and commit once at its end; a refusal in words is shown as such."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        # Only here: a command without the application starts in half the time.
        from app.core.database import db

        context = click.get_current_context()
        application = context.with_resource(context.find_root().obj())
        context.with_resource(application.app_context())
        try:
            result = command(*args, **kwargs)
            db.session.commit()
        except ProductError as refusal:
            db.session.rollback()
            raise click.ClickException(refusal.message) from refusal
        else:
            return result

    return run
