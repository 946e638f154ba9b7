"""How a member appears beside everything they do: name, face and clock. Kept with the member, since every page shows them."""

from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.pictures import Picture
from app.profiles.models.portfolio import forget_picture
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import touch


def own_member(member_id: UUID) -> Member:
    """Return a member of this tenant, locked until the transaction ends."""
    return db.session.scalars(
        select(Member)
        .where(scoped(Member), Member.id == member_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def go_by(member: Member, name: str) -> None:
    """Be called something else from now on, also in what was written before."""
    if member.name != name:
        member.name = name
        # Rows of gigs show their author's name.
        touch("people", "gigs")


def live_in(member: Member, zone: str) -> None:
    """Read times on the clock of an IANA zone."""
    if member.time_zone != zone:
        member.time_zone = zone
        touch("people")


def read_in(member: Member, language: str) -> None:
    """Read pages and mails in a language; an empty one is the hall's."""
    member.locale = language


def show_face(member: Member, picture: Picture | None) -> None:
    """Show a picture, or initials where there is none."""
    if member.picture:
        forget_picture.enqueue(name=member.picture)
    member.picture = picture.name if picture else None
    touch("people", "gigs")
