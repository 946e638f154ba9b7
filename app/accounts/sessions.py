"""Server-side sessions on a tenant's host: the cookie carries a token, the row says who it is and can be revoked.

A session is good while the account is open and the identity host's session that it came from goes on.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import array_agg

from app.accounts import identity
from app.accounts.agents import kept as kept_agent
from app.accounts.models import HallSession, IdentitySession, User
from app.core import clock
from app.core.database import db
from app.core.reading import Reading
from app.core.tokens import digest, new_token
from tenants.context import Actor, current_tenant_id, set_member, tenant_id_or_none
from tenants.isolation import scoped
from tenants.models import Member, Role

LIFETIME = identity.LIFETIME
_SEEN_EVERY = timedelta(minutes=15)
# What a visitor holds that is still theirs after signing in.
_KEPT = ("invitation", "door")


class SignedIn(UserMixin):
    """What Flask-Login holds: the session's token and whoever it belongs to."""

    def __init__(self, token: str, actor: Actor | None, user_id: UUID) -> None:
        self.token = token
        self.actor = actor
        self.user_id = user_id

    def get_id(self) -> str:
        return self.token


def install(app: Flask, login: LoginManager) -> None:
    """Find out who is here at the start of each request."""
    login.user_loader(_load_for_site)
    app.before_request(_recognise)


def _recognise() -> None:
    # Only a browser that once signed in costs a look-up.
    if "_user_id" in session and not current_user.is_authenticated:
        del session["_user_id"]


def _load_for_site(token: str) -> Any:
    if g.site == "hall":
        return load(token) if tenant_id_or_none() is not None else None
    else:
        return identity.load(token)


_ROLES = (
    select(array_agg(func.concat(Role.role, ":", Role.category_id)))
    .where(Role.tenant_id == Member.tenant_id, Role.member_id == Member.id)
    .scalar_subquery()
)
# This runs with every request of a signed-in member.
_BY_TOKEN = Reading(
    select(
        HallSession.id.label("session_id"),
        HallSession.user_id,
        HallSession.identity_session,
        HallSession.last_seen_at,
        Member.id,
        Member.name,
        Member.hue,
        Member.picture,
        Member.rules_version,
        Member.unread_count,
        Member.time_zone,
        Member.locale,
        _ROLES.label("roles"),
    )
    .join(User, and_(User.id == HallSession.user_id, User.disabled_at.is_(None)))
    .outerjoin(
        IdentitySession,
        and_(IdentitySession.token_hash == HallSession.identity_session, IdentitySession.revoked_at.is_(None)),
    )
    .outerjoin(
        Member,
        and_(
            Member.tenant_id == HallSession.tenant_id,
            Member.id == HallSession.member_id,
            Member.standing == "active",
        ),
    )
    .where(
        scoped(HallSession),
        HallSession.token_hash == bindparam("token_hash"),
        HallSession.revoked_at.is_(None),
        HallSession.expires_at > bindparam("now"),
        or_(HallSession.identity_session.is_(None), IdentitySession.token_hash.is_not(None)),
    )
)


def load(token: str) -> SignedIn | None:
    """Return whoever a cookie's token belongs to in the tenant in force, or None."""
    now = clock.now()
    row = _BY_TOKEN.one_or_none(token_hash=digest(token), now=now)
    if row is None:
        return None
    if now - row.last_seen_at > _SEEN_EVERY:
        _prolong(row, now=now)
    actor = _actor(row) if row.id is not None else None
    set_member(actor, row.user_id)
    return SignedIn(token, actor, row.user_id)


def _prolong(row: Any, *, now: datetime) -> None:
    """Let the session go on, and with it the one it came from, which must never end first; and the cookie."""
    until = {"last_seen_at": now, "expires_at": now + LIFETIME}
    db.session.execute(update(HallSession).where(scoped(HallSession), HallSession.id == row.session_id).values(until))
    db.session.execute(update(IdentitySession).where(IdentitySession.token_hash == row.identity_session).values(until))
    if row.id is not None:
        today = now.date()
        db.session.execute(
            update(Member)
            .where(scoped(Member), Member.id == row.id, Member.seen_on.is_distinct_from(today))
            .values(seen_before_on=Member.seen_on, seen_on=today)
        )
    session.modified = True


def begin(*, user_id: UUID, member_id: UUID | None, identity_session: str | None = None) -> None:
    """Sign this browser in on the tenant's host under a new token; whatever the cookie held before is gone.

    :param identity_session: the hash of the session that this one ends with.
    """
    token = new_token()
    now = clock.now()
    kept = {key: session[key] for key in _KEPT if key in session}
    session.clear()
    session.update(kept)
    db.session.execute(
        delete(HallSession).where(scoped(HallSession), HallSession.user_id == user_id, HallSession.expires_at < now)
    )
    db.session.add(
        HallSession(
            token_hash=digest(token),
            user_id=user_id,
            member_id=member_id,
            identity_session=identity_session,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LIFETIME,
            agent=kept_agent(request.user_agent.string),
        )
    )
    db.session.flush()
    session.permanent = True
    login_user(SignedIn(token, None, user_id))
    load(token)


def end(token: str) -> None:
    """Revoke a session and empty the cookie."""
    db.session.execute(
        update(HallSession)
        .where(scoped(HallSession), HallSession.token_hash == digest(token))
        .values(revoked_at=clock.now())
    )
    logout_user()
    session.clear()
    set_member(None)


def join(*, user_id: UUID, member_id: UUID) -> None:
    """Let every session that a person has in this tenant be the member's from now on."""
    db.session.execute(
        update(HallSession)
        .where(scoped(HallSession), HallSession.user_id == user_id, HallSession.revoked_at.is_(None))
        .values(member_id=member_id)
    )


def revoke_all(*, member_id: UUID) -> None:
    """End all of a member's sessions in this tenant."""
    db.session.execute(
        update(HallSession)
        .where(scoped(HallSession), HallSession.member_id == member_id, HallSession.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def _actor(row: object) -> Actor:
    held = [entry.split(":", 1) for entry in (row.roles or [])]  # type: ignore[attr-defined]
    return Actor(
        id=row.id,  # type: ignore[attr-defined]
        tenant_id=current_tenant_id(),
        user_id=row.user_id,  # type: ignore[attr-defined]
        name=row.name,  # type: ignore[attr-defined]
        hue=row.hue,  # type: ignore[attr-defined]
        picture=row.picture,  # type: ignore[attr-defined]
        roles=frozenset(role for role, _ in held) | {"member"},
        leads=frozenset(UUID(category) for role, category in held if role == "category_leader"),
        advises=frozenset(UUID(category) for role, category in held if role == "expert"),
        rules_version=row.rules_version,  # type: ignore[attr-defined]
        unread=row.unread_count,  # type: ignore[attr-defined]
        time_zone=row.time_zone,  # type: ignore[attr-defined]
        locale=row.locale,  # type: ignore[attr-defined]
    )
