"""Who asks: a browser's session on a tenant's host, and the member behind it, as one row of texts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Interval, Select, Text, and_, bindparam, cast, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.accounts.models import HallSession, IdentitySession, User
from app.core import clock
from tenants import duties, restraints
from tenants.context import Actor
from tenants.covers import covers
from tenants.models import Member, Role
from tenants.needs import Cover
from tenants.offices import in_office

# Constants stand in the statement: it is prepared, and its parameters are only what differs.
_SEEN_EVERY = literal_column("interval '15 minutes'", Interval)
_NOW = bindparam("now", type_=DateTime(timezone=True))
_HELD = func.concat(Role.role, literal_column("':'"), Role.category_id)
_ROLES = (
    select(func.string_agg(_HELD, aggregate_order_by(literal_column("','"), _HELD)))
    .where(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id, in_office(now=_NOW))
    .scalar_subquery()
)
_COLUMNS = {
    "session_id": HallSession.id,
    "user_id": HallSession.user_id,
    "identity_session": HallSession.identity_session,
    "is_due": _NOW - HallSession.last_seen_at > _SEEN_EVERY,
    "member_id": Member.id,
    "name": Member.name,
    "hue": Member.hue,
    "picture": Member.picture,
    "rules_version": Member.rules_version,
    "unread": Member.unread_count,
    "unread_messages": Member.unread_messages,
    "time_zone": Member.time_zone,
    "locale": Member.locale,
    "roles": _ROLES,
    "restraints": Member.restraints,
    "cover": covers(Member.tenant_id, Member.id, _NOW),
    "duties": duties.duties_of(Member.tenant_id, Member.id, _NOW),
    "mandate_id": HallSession.mandate_id,
}
WIDTH, IS_DUE, MANDATE = len(_COLUMNS), list(_COLUMNS).index("is_due"), list(_COLUMNS).index("mandate_id")


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in browser. `actor` is None while its person is no member here; `is_due` says that the session is to be
    prolonged, `mandate_id` under which mandate it acts for somebody else.
    """

    session_id: UUID
    user_id: UUID
    identity_session: str | None
    is_due: bool
    actor: Actor | None
    mandate_id: UUID | None = None


def callers(*here: Any) -> Select[Any]:
    """Return the statement for the good session with the parameter `token_hash` at the moment `now`, its columns as text. A
    session is good while it runs, the account is open, and the identity host's session that it came from goes on.

    :param here: what confines the sessions to a tenant.
    """
    of_identity = and_(IdentitySession.token_hash == HallSession.identity_session, IdentitySession.revoked_at.is_(None))
    of_member = and_(
        Member.tenant_id == HallSession.tenant_id,
        Member.id == HallSession.member_id,
        Member.standing == literal_column("'active'"),
    )
    return (
        select(*(cast(column, Text).label(name) for name, column in _COLUMNS.items()))
        .select_from(HallSession)
        .join(User, and_(User.id == HallSession.user_id, User.disabled_at.is_(None)))
        .outerjoin(IdentitySession, of_identity)
        .outerjoin(Member, of_member)
        .where(
            *here,
            HallSession.token_hash == bindparam("token_hash", type_=Text),
            HallSession.revoked_at.is_(None),
            HallSession.expires_at > _NOW,
            or_(HallSession.identity_session.is_(None), IdentitySession.token_hash.is_not(None)),
        )
    )


def caller(row: Any, tenant_id: int) -> Caller | None:
    """Return who a row of `callers` tells of; None when it is empty."""
    session_id, user_id, identity_session, is_due, *about_member, mandate_id = row
    if session_id is None:
        return None
    person = UUID(user_id)
    actor = _actor(about_member, tenant_id, person) if about_member[0] is not None else None
    mandate = UUID(mandate_id) if mandate_id is not None else None
    return Caller(UUID(session_id), person, identity_session, is_due == "true", actor, mandate)


def _actor(told: Any, tenant_id: int, user_id: UUID) -> Actor:
    (
        member_id, name, hue, picture, rules_version, unread, unread_messages, time_zone, locale, roles, kept, cover,
        delegated,
    ) = told  # fmt: skip
    held = [entry.split(":", 1) for entry in roles.split(",")] if roles else []
    return Actor(
        id=UUID(member_id),
        tenant_id=tenant_id,
        user_id=user_id,
        name=name,
        hue=int(hue),
        picture=picture,
        roles=frozenset(role for role, _ in held) | {"member"},
        leads=frozenset(UUID(category) for role, category in held if role == "category_leader"),
        advises=frozenset(UUID(category) for role, category in held if role == "expert"),
        rules_version=int(rules_version),
        unread=int(unread),
        unread_messages=int(unread_messages),
        time_zone=time_zone,
        locale=locale,
        cover=Cover.read(cover),
        duties=duties.read(delegated),
        restraints=restraints.read(kept, now=clock.now()) if kept else (),
    )
