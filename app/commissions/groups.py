"""Groups of people for whom a rule of commission can be made, and who belongs to which."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, and_, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.reading import Reading
from app.memberships.models import Tier
from tenants.covers import covers
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.needs import Cover
from tenants.offices import in_office

_TEAM = ("leader", "admin", "moderator")

#: The group of those who have a tier: its key here is this and the tier's id, since there is one for each.
TIER = "tier"

#: After the tiers, of which the largest counts: in this order the first that fits somebody counts; everybody comes last.
GROUPS: dict[str, Any] = {
    "newcomers": _l("Newcomers"),
    "experts": _l("Experts and leaders of the category"),
    "team": _l("The marketplace's team"),
    "everybody": _l("Everybody"),
}

_STANDINGS = Reading(
    select(
        Member.id,
        Member.finished_count,
        Role.role,
        Role.category_id,
        covers(Member.tenant_id, Member.id, bindparam("now", type_=DateTime(timezone=True))).label("cover"),
    )
    .outerjoin(Role, and_(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id, in_office()))
    .where(scoped(Member), Member.id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
)


def group_of_tier(tier_id: UUID) -> str:
    """Return the key of those who have a tier."""
    return f"{TIER} {tier_id}"


def groups_here() -> list[tuple[str, str]]:
    """Return the groups for whom a rule can be made here: its tiers, the largest first, and those that are everywhere."""
    known = select(Tier.id, Tier.name).where(scoped(Tier), Tier.state != "draft")
    rows = db.session.execute(known.order_by(Tier.position.desc(), Tier.id)).all()
    tiers = [(group_of_tier(row.id), _("Members with %(tier)s", tier=row.name)) for row in rows]
    return [*tiers, *((key, str(words)) for key, words in GROUPS.items())]


def groups_of(member_ids: Collection[UUID], *, category_id: UUID | None, now: datetime) -> dict[UUID, frozenset[str]]:
    """Return to which groups members belong where a gig of a category is concerned; everybody is in `everybody`."""
    found: dict[UUID, set[str]] = {member_id: {"everybody"} for member_id in member_ids}
    for row in _STANDINGS.rows(ids=list(found), now=now):
        found[row.id].update(group_of_tier(tier_id) for tier_id in Cover.read(row.cover).tiers)
        if not row.finished_count:
            found[row.id].add("newcomers")
        if row.role in _TEAM:
            found[row.id].add("team")
        elif row.role in ("expert", "category_leader") and row.category_id == category_id:
            found[row.id].add("experts")
    return {member_id: frozenset(groups) for member_id, groups in found.items()}
