"""Opening a marketplace from the console; suspending it, closing it, opening it again, giving it another leader."""

import click
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, select

from app.accounts.models import User
from app.core import clock
from app.core.config import config
from app.core.console import in_app, reason
from app.core.database import db
from app.joining.roles import give_roles, hall_roles_of
from app.openings import standing
from app.openings.draft import Draft
from app.openings.fields import FIELDS
from app.openings.opening import open_marketplace
from tenants.context import TenantInfo, tenant_context
from tenants.isolation import scoped
from tenants.links import origin
from tenants.models import KINDS, Member
from tenants.names import host_of
from tenants.resolution import tenant_by_slug


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


@tenant.command()
@click.argument("slug")
@reason
@in_app
def suspend(slug: str, why: str) -> None:
    """Let the marketplace at SLUG answer nobody for now. Its leaders are told why."""
    found = _marketplace(slug)
    with tenant_context(found):
        standing.suspend(why=why, now=clock.now())
    click.echo(f"{found.name} is suspended: {origin(found.host)} shows nothing of it.")


@tenant.command()
@click.argument("slug")
@reason
@in_app
def close(slug: str, why: str) -> None:
    """End the marketplace at SLUG. Nothing is deleted, and its address is given to nobody else."""
    found = _marketplace(slug)
    with tenant_context(found):
        standing.close(why=why, now=clock.now())
    click.echo(f"{found.name} is closed: {origin(found.host)} shows nothing of it.")


@tenant.command()
@click.argument("slug")
@reason
@in_app
def reopen(slug: str, why: str) -> None:
    """Let the marketplace at SLUG be there again, as it was."""
    found = _marketplace(slug)
    with tenant_context(found):
        standing.reopen(why=why, now=clock.now())
    click.echo(f"{found.name} is open at {origin(found.host)}.")


@tenant.command()
@click.argument("slug")
@click.argument("email")
@reason
@in_app
def lead(slug: str, email: str, why: str) -> None:
    """Make EMAIL, who is a member there, a leader of the marketplace at SLUG. They are told."""
    found = _marketplace(slug)
    with tenant_context(found):
        member = _member_with(email)
        give_roles(member, {*hall_roles_of(member), "leader"}, by=None, why=why)
    click.echo(f"{email} leads {found.name}.")


def _marketplace(slug: str) -> TenantInfo:
    found = tenant_by_slug(slug.lower())
    if found is None:
        raise click.BadParameter(f"there is no marketplace at {slug!r}", param_hint="SLUG")
    return found


def _member_with(email: str) -> Member:
    address = func.lower(User.email) == email.strip().lower()
    joined = select(Member).join(User, User.id == Member.user_id).where(scoped(Member), Member.standing == "active")
    found = db.session.scalars(joined.where(address, User.disabled_at.is_(None))).one_or_none()
    if found is None:
        raise click.BadParameter(f"nobody with {email!r} is a member there", param_hint="EMAIL")
    return found


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
