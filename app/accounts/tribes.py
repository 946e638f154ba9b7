"""Which marketplaces a person belongs to: known to that person alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, select, text

from app.accounts.models import Tribe
from app.core.database import db
from tenants.isolation import scoped
from tenants.links import hall_url
from tenants.models import Domain, Tenant


@dataclass(frozen=True, slots=True)
class TribeCard:
    """One marketplace of a person's, as a menu shows it. `slug`, `preset` and `brand_colour` are enough to draw its crest."""

    tenant_id: int
    slug: str
    host: str
    name: str
    tagline: str
    preset: str
    brand_colour: str

    @property
    def href(self) -> str:
        """Return the address that goes there, signed in."""
        return hall_url(self, "accounts.enter", onward="/")


_OF_PERSON = (
    select(Tribe.tenant_id, Tenant.slug, Domain.host, Tenant.name, Tenant.tagline, Tenant.preset, Tenant.brand_colour)
    .join(Tenant, Tenant.id == Tribe.tenant_id)
    .join(Domain, Domain.tenant_id == Tribe.tenant_id)
    .where(Tenant.status == "active", Domain.is_primary, Domain.removed_at.is_(None))
    .order_by(Tenant.name, Tenant.id)
)

_MEMBERSHIPS = (
    select(Tribe.tenant_id, Tribe.member_id, Tenant.slug)
    .join(Tenant, Tenant.id == Tribe.tenant_id)
    .where(Tenant.status != "closed")
    .order_by(Tenant.slug)
)


def tribes_of(user_id: UUID) -> list[TribeCard]:
    """Return the open marketplaces that a person is a member of, by name, from whichever host they ask."""
    return [TribeCard(*row) for row in _as_themselves(user_id, _OF_PERSON)]


def memberships_of(user_id: UUID) -> Sequence[Row[Any]]:
    """Return tenant_id, member_id and slug of each marketplace that a person is a member of, unless it is closed."""
    return _as_themselves(user_id, _MEMBERSHIPS)


def _as_themselves(user_id: UUID, statement: Select[Any]) -> Sequence[Row[Any]]:
    """The database shows these rows to the person they are about, named for this one statement, and to each tenant its own."""
    db.session.execute(text(f"SET LOCAL app.user_id = '{UUID(str(user_id))}'"))
    rows = db.session.execute(statement.where(Tribe.user_id == user_id)).all()
    db.session.execute(text("SET LOCAL app.user_id = ''"))
    return rows


def forget_tribe(member_id: UUID) -> None:
    """Take the tenant in force out of a person's list: they left, or were removed."""
    db.session.execute(delete(Tribe).where(scoped(Tribe), Tribe.member_id == member_id))
