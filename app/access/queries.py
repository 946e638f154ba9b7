"""What the pages about access read."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.memberships.models import Tier
from tenants.isolation import scoped


def tiers_to_name() -> list[tuple[str, str]]:
    """Return the tiers that somebody may have, as pairs of id and name, the first first."""
    found = select(Tier.id, Tier.name).where(scoped(Tier), Tier.state != "draft").order_by(Tier.position, Tier.id)
    return [(str(row.id), row.name) for row in db.session.execute(found)]


def tiers_on_sale(among: Collection[UUID]) -> Sequence[Any]:
    """Return the tiers that can be bought, with their `name` and `pitch`; only these, where any are named."""
    found = select(Tier).where(scoped(Tier), Tier.state == "selling").order_by(Tier.position, Tier.id)
    return db.session.scalars(found.where(Tier.id.in_(among)) if among else found).all()
