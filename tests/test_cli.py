"""The console command."""

from contextlib import nullcontext

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app import cli
from app.accounts.models import User
from app.core.bootstrap import APP, RIGHTS, ROLES
from app.core.config import Misconfigured
from app.core.console import Console, in_app
from app.core.database import db
from app.core.errors import Conflict


class Refused(Conflict):
    message = "Somebody was quicker."


@click.command()
@click.argument("email")
@click.option("--refuse", is_flag=True)
@in_app
def note(email, refuse):
    """Write a row, or be refused after having written it."""
    db.session.add(User(email=email))
    db.session.flush()
    if refuse:
        raise Refused


commands = Console("commands", features={"note": "tests.test_cli:note"})


def call(app, *words):
    return CliRunner().invoke(commands, words, obj=lambda: nullcontext(app))


def is_noted(email):
    return db.session.scalar(select(User.id).where(User.email == email)) is not None


def test_a_command_commits_at_its_end(app):
    assert call(app, "note", "maya@example.com").exit_code == 0
    assert is_noted("maya@example.com")


def test_a_refused_command_says_why_and_changes_nothing(app):
    said = call(app, "note", "maya@example.com", "--refuse")
    assert (said.exit_code, said.output) == (1, "Error: Somebody was quicker.\n")
    assert not is_noted("maya@example.com")


def test_it_lists_its_commands_and_those_of_features():
    listed = CliRunner().invoke(cli.guildhall, ["--help"]).output
    for name in ("run", "work", "migrate", "seed", "database", *cli.FEATURES):
        assert name in listed


def test_every_feature_command_can_be_loaded():
    for name in cli.FEATURES:
        assert CliRunner().invoke(cli.guildhall, [name, "--help"]).exit_code == 0


def test_it_prints_the_roles_for_a_dba():
    printed = CliRunner().invoke(cli.guildhall, ["database", "roles"]).output
    assert ROLES in printed
    assert RIGHTS in printed
    assert f"{APP}     " in printed


def test_a_mistake_in_the_environment_is_one_sentence(monkeypatch, capsys):
    def wrong():
        raise Misconfigured("PORT is 'x'; it must be a whole number.")

    monkeypatch.setattr(cli.guildhall, "main", lambda **_: wrong())
    with pytest.raises(SystemExit, match="1"):
        cli.main()
    assert capsys.readouterr().err == "guildhall: PORT is 'x'; it must be a whole number.\n"
