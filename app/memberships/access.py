"""Who may do what for want, or by virtue, of a membership: for those who ask about many members, or about one that acts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.database import db
from tenants.context import current_tenant_id
from tenants.covers import covers
from tenants.isolation import scoped
from tenants.models import Member, Role, Tenant
from tenants.needs import Cover, Needs, is_never_shut_out
from tenants.offices import in_office

_NOW = bindparam("now", type_=DateTime(timezone=True))
_HELD = (
    select(func.array_agg(Role.role))
    .where(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id, in_office())
    .scalar_subquery()
)
_OF_MEMBERS = select(Member.id, _HELD.label("roles"), covers(Member.tenant_id, Member.id, _NOW).label("cover")).where(
    scoped(Member), Member.id == any_(bindparam("ids", type_=ARRAY(Uuid())))
)


def needs_here() -> Needs:
    """Return what the tenant in force asks a membership for, as it is settled at this moment: for jobs."""
    hall = db.session.get_one(Tenant, current_tenant_id())
    return Needs.read(hall.membership_needs, hall.after_lapse)


def who_lacks(purpose: str, member_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Return those of some members who need a membership for a purpose and have none that will do."""
    needs = needs_here()
    if not needs.of or not member_ids:
        return set()
    return {row.id for row in _read(member_ids, now) if purpose in _lacking(needs, row)}


def who_lost(purpose: str, member_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Return those who lack it and once had a membership: what they began is theirs to take up again."""
    needs = needs_here()
    if not needs.of or not member_ids:
        return set()
    rows = _read(member_ids, now)
    return {row.id for row in rows if Cover.read(row.cover).had and purpose in _lacking(needs, row)}


def _read(member_ids: Collection[UUID], now: datetime) -> Any:
    return db.session.execute(_OF_MEMBERS, {"ids": list(member_ids), "now": now}).all()


def _lacking(needs: Needs, row: Any) -> frozenset[str]:
    return needs.lacking(frozenset(row.roles or ()) | {"member"}, Cover.read(row.cover))


def has_one(member_id: UUID, *, now: datetime) -> bool:
    """Return whether a member has any membership that gives access."""
    return any(bool(Cover.read(row.cover).tiers) for row in _read([member_id], now))


def lacks_without(membership: Any, *, at: datetime) -> frozenset[str]:
    """Return for which purposes the member of a membership will lack one when it has ended, at a moment."""
    rows = _read([membership.member_id], at)
    return _lacking(needs_here(), rows[0]) if rows else frozenset()


def tiers_of(member_id: UUID, *, now: datetime) -> frozenset[UUID] | None:
    """Return the tiers that a member has; None for whoever runs the marketplace, whom nothing limits."""
    rows = _read([member_id], now)
    if not rows or is_never_shut_out(rows[0].roles or ()):
        return None
    return Cover.read(rows[0].cover).tiers
