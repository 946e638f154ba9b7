"""Who reads: a member as they are at this moment, with the address that mail goes to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.accounts.models import User
from app.core import clock
from app.core.reading import Reading
from tenants import duties
from tenants.context import Actor
from tenants.covers import covers
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.needs import Cover
from tenants.offices import in_office

_MEMBER_ID: Any = bindparam("member_id", type_=Uuid())


def _held(column: Any) -> Any:
    """Return that column of a member's roles as one value, in the order of their ids."""
    of_theirs = select(func.array_agg(aggregate_order_by(column, Role.id)))
    theirs = Role.tenant_id == Member.tenant_id, Role.member_id == Member.id
    return of_theirs.where(*theirs, in_office()).scalar_subquery()


_MEMBER = Reading(
    select(
        Member.id,
        Member.tenant_id,
        Member.user_id,
        Member.name,
        Member.hue,
        Member.picture,
        Member.standing,
        Member.rules_version,
        Member.time_zone,
        Member.locale,
        covers(Member.tenant_id, Member.id, bindparam("now", type_=DateTime(timezone=True))).label("cover"),
        duties.duties_of(Member.tenant_id, Member.id, bindparam("now", type_=DateTime(timezone=True))).label("duties"),
        User.email,
        User.email_verified_at,
        User.disabled_at,
        _held(Role.role).label("roles"),
        _held(Role.category_id).label("fields"),
    )
    .join(User, User.id == Member.user_id)
    .where(scoped(Member), Member.id == _MEMBER_ID)
)


@dataclass(frozen=True, slots=True)
class Reader:
    """A member who may be written to, as policies see them."""

    actor: Actor
    address: str
    is_active: bool
    is_verified: bool


def reader_or_none(member_id: UUID) -> Reader | None:
    """Return a member of the tenant in force as a reader; None for one whose account is no longer tied to them."""
    row = _MEMBER.one_or_none(member_id=member_id, now=clock.now())
    if row is None:
        return None
    held = list(zip(row.roles or (), row.fields or (), strict=True))
    actor = Actor(
        id=row.id,
        tenant_id=row.tenant_id,
        user_id=row.user_id,
        name=row.name,
        hue=row.hue,
        picture=row.picture,
        roles=frozenset(role for role, _field in held) | {"member"},
        leads=frozenset(field for role, field in held if role == "category_leader"),
        advises=frozenset(field for role, field in held if role == "expert"),
        rules_version=row.rules_version,
        time_zone=row.time_zone,
        locale=row.locale,
        cover=Cover.read(row.cover),
        duties=duties.read(row.duties),
    )
    return Reader(
        actor=actor,
        address=row.email,
        is_active=row.standing == "active" and row.disabled_at is None,
        is_verified=row.email_verified_at is not None,
    )
