"""An account from the console: closing it to its owner, and opening it again."""

import click

from app.accounts.models import User
from app.core import clock
from app.core.console import in_app, reason
from app.departures.leaderless import led_alone_by


@click.group()
def user() -> None:
    """Accounts."""


@user.command()
@click.argument("email")
@click.option("--even-so", is_flag=True, help="Also where a marketplace is without a leader then.")
@reason
@in_app
def disable(email: str, even_so: bool, why: str) -> None:
    """Sign EMAIL out everywhere and let them in nowhere. Their memberships stay: each marketplace decides on its own."""
    account = _account(email)
    alone = led_alone_by(account.id)
    if alone and not even_so:
        raise click.ClickException(
            f"Nobody but {account.email} leads {' and '.join(alone)}. Make another member a leader first, with "
            "'guildhall tenant lead SLUG EMAIL --reason …', or add --even-so."
        )
    ended = account.disable(why=why, now=clock.now())
    click.echo(f"{account.email} is disabled; {ended} {'browser was' if ended == 1 else 'browsers were'} signed out.")


@user.command()
@click.argument("email")
@reason
@in_app
def enable(email: str, why: str) -> None:
    """Let EMAIL sign in again."""
    account = _account(email)
    account.enable(why=why)
    click.echo(f"{account.email} may sign in again.")


def _account(email: str) -> User:
    found = User.with_email(email.strip())
    if found is None:
        raise click.BadParameter(f"nobody has an account with {email!r}", param_hint="EMAIL")
    return found
