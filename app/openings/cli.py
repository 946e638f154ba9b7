"""Opening a marketplace from the console."""

import click
from email_validator import EmailNotValidError, validate_email

from app.accounts.models import User
from app.core import clock
from app.core.config import config
from app.core.console import in_app
from app.core.database import db
from app.openings.draft import Draft
from app.openings.fields import FIELDS
from app.openings.opening import open_marketplace
from tenants.links import origin
from tenants.models import KINDS
from tenants.names import host_of


@click.group()
def tenant() -> None:
    """Marketplaces."""


@tenant.command()
@click.argument("slug")
@click.option("--name", required=True, help="What the marketplace is called.")
@click.option("--leader", required=True, metavar="EMAIL", help="Who leads it; an account is made where there is none.")
@click.option("--kind", type=click.Choice(KINDS), default="community", show_default=True)
@click.option(
    "--field", type=click.Choice(list(FIELDS)), default="design", show_default=True, help="What it starts with."
)
@click.option("--tagline", default="", help="A sentence about it.")
@in_app
def create(slug: str, name: str, leader: str, kind: str, field: str, tagline: str) -> None:
    """Open a marketplace at SLUG, with the categories, look and rules that its field of work starts with."""
    draft = Draft(name=name, slug=slug, kind=kind, tagline=tagline, field=field).suggested(FIELDS[field])
    open_marketplace(draft, founder_id=_account_of(leader).id, now=clock.now())
    click.echo(f"{name} opens at {origin(host_of(slug))}. {leader} leads it.")


def _account_of(email: str) -> User:
    """Return the account of an address, made where there is none: its owner sets a password by e-mail at first sign-in."""
    try:
        address = validate_email(email, check_deliverability=False, test_environment=config().development).normalized
    except EmailNotValidError as mistake:
        raise click.BadParameter(str(mistake), param_hint="--leader") from None
    user = User.with_email(address)
    if user is None:
        user = User(email=address, name=address.partition("@")[0], created_at=clock.now())
        db.session.add(user)
        db.session.flush()
    return user
