"""Marking who runs the installation: `guildhall operator`."""

import click
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.accounts.models import User
from app.core import clock
from app.core.console import in_app, reason
from app.operating.models import Operator
from tenants.across import across_tenants


@click.group()
def operator() -> None:
    """Who runs this installation, in the browser too."""


@operator.command()
@click.argument("email")
@reason
@in_app
def add(email: str, why: str) -> None:
    """Let EMAIL look after the installation's money at /operator/money on the platform's host."""
    account = _account(email)
    new = insert(Operator).values(user_id=account.id, since=clock.now(), why=why)
    with across_tenants("the console", f"operator add: {why}", writes=True) as connection:
        connection.execute(new.on_conflict_do_nothing())
    click.echo(f"{account.email} is an operator.")


@operator.command()
@click.argument("email")
@reason
@in_app
def remove(email: str, why: str) -> None:
    """Take that from EMAIL, at once. What they did stays noted."""
    account = _account(email)
    with across_tenants("the console", f"operator remove: {why}", writes=True) as connection:
        gone = connection.execute(delete(Operator).where(Operator.user_id == account.id)).rowcount
    click.echo(f"{account.email} is no operator any more." if gone else f"{account.email} was no operator.")


@operator.command("list")
@in_app
def list_operators() -> None:
    """Show who is an operator, since when and why."""
    chosen = select(User.email, Operator.since, Operator.why).join(User, User.id == Operator.user_id)
    with across_tenants("the console", "operator list") as connection:
        for row in connection.execute(chosen.order_by(Operator.since)):
            click.echo(f"{row.since:%Y-%m-%d}  {row.email}  {row.why}")


def _account(email: str) -> User:
    found = User.with_email(email.strip())
    if found is None or found.is_disabled:
        raise click.BadParameter(f"nobody signs in with {email!r}", param_hint="EMAIL")
    return found
