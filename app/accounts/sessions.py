"""Server-side sessions on a tenant's host: the cookie carries a token, the row says who it is and can be revoked.

A session is good while the account is open and the identity host's session that it came from goes on.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import delete, update

from app.accounts import identity
from app.accounts.agents import kept as kept_agent
from app.accounts.callers import Caller, caller, callers
from app.accounts.entrance import ARRIVAL, Arrival, entrance
from app.accounts.models import HallSession, IdentitySession
from app.core import clock
from app.core.database import db
from app.core.reading import Reading
from app.core.security import renew_forms
from app.core.tokens import digest, new_token
from billing.presence import was_here
from tenants.context import Actor, TenantInfo, current_tenant_id, set_member, tenant_id_or_none
from tenants.isolation import scoped
from tenants.models import Member

LIFETIME = identity.LIFETIME
# What a visitor holds that is still theirs after signing in.
_KEPT = ("invitation", "door")
_STAND_IN = "stand_in"


class SignedIn(UserMixin):
    """What Flask-Login holds: the session's token and whoever it belongs to."""

    def __init__(self, token: str, actor: Actor | None, user_id: UUID) -> None:
        self.token = token
        self.actor = actor
        self.user_id = user_id

    def get_id(self) -> str:
        return self.token


#: Gives the member whom somebody acts for under a mandate, as they may act; None when it is not in force.
StandIn = Callable[[Actor, UUID], Actor | None]


def install(app: Flask, login: LoginManager, stand_in: StandIn) -> None:
    """Find out who is here at the start of each request, and for whom they act: features above know mandates."""
    app.extensions[_STAND_IN] = stand_in
    login.user_loader(_load_for_site)
    app.before_request(_recognise)


def _recognise() -> None:
    # Only a browser that once signed in costs a look-up.
    token = session.get("_user_id")
    if token is None:
        return
    # In a hall the request's first read has told; Flask-Login asks for it again where somebody needs it.
    is_known = _load_for_site(token) is not None if g.site == "hall" else current_user.is_authenticated
    if not is_known:
        del session["_user_id"]


def _load_for_site(token: str) -> Any:
    if g.site == "hall":
        return load(token) if tenant_id_or_none() is not None else None
    else:
        return identity.load(token)


# What the first read of a request tells, for sessions that begin in the middle of one.
_BY_TOKEN = Reading(callers(scoped(HallSession)))


def arrive() -> TenantInfo:
    """Find out whose address is asked for and who asks, in one read, unless that is known by now. Returns the open tenant.

    :raises NoSuchAddress: when nobody has this address.
    :raises AddressGone: when the tenant is suspended or closed, or the address was given up.
    """
    token = session.get("_user_id")
    token_hash = digest(token) if token is not None else None
    known: Arrival | None = request.environ.get(ARRIVAL)
    arrival = known if known and known.token_hash == token_hash else entrance().arrive(request.host, token_hash)
    g.arrival = arrival
    return arrival.tenant


def load(token: str) -> SignedIn | None:
    """Return whoever a cookie's token belongs to in the tenant in force, or None."""
    now, token_hash = clock.now(), digest(token)
    arrival: Arrival | None = g.get("arrival")
    if arrival is not None and arrival.token_hash == token_hash:
        found = arrival.caller
    else:
        row = _BY_TOKEN.one_or_none(token_hash=token_hash, now=now)
        found = caller(row, current_tenant_id()) if row is not None else None
    if found is None:
        return None
    if found.is_due:
        _prolong(found, now=now)
    actor = _who_acts(found)
    set_member(actor, found.user_id)
    return SignedIn(token, actor, found.user_id)


def act(mandate_id: UUID | None) -> None:
    """Let this browser act under a mandate from now on, or, with None, for its own person again. Forms that are open in
    another tab are good no longer: what they would send was meant to come from somebody else.
    """
    _set_mandate(digest(session["_user_id"]), mandate_id)


def _who_acts(found: Caller) -> Actor | None:
    """Return whoever acts here: the member, or whom they act for. A mandate that is over lets them be themselves again."""
    if found.actor is None or found.mandate_id is None:
        return found.actor
    acting: Actor | None = current_app.extensions[_STAND_IN](found.actor, found.mandate_id)
    if acting is None:
        _set_mandate(None, None, session_id=found.session_id)
        return found.actor
    return acting


def _set_mandate(token_hash: str | None, mandate_id: UUID | None, *, session_id: UUID | None = None) -> None:
    this = HallSession.token_hash == token_hash if token_hash else HallSession.id == session_id
    db.session.execute(update(HallSession).where(scoped(HallSession), this).values(mandate_id=mandate_id))
    renew_forms()


def _prolong(who: Caller, *, now: datetime) -> None:
    """Let the session go on, and with it the one it came from, which must never end first; and the cookie."""
    until = {"last_seen_at": now, "expires_at": now + LIFETIME}
    db.session.execute(update(HallSession).where(scoped(HallSession), HallSession.id == who.session_id).values(until))
    db.session.execute(update(IdentitySession).where(IdentitySession.token_hash == who.identity_session).values(until))
    if who.actor is not None:
        today = now.date()
        db.session.execute(
            update(Member)
            .where(scoped(Member), Member.id == who.actor.id, Member.seen_on.is_distinct_from(today))
            .values(seen_before_on=Member.seen_on, seen_on=today)
        )
        was_here(who.actor.id, now=now)
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
    if member_id is not None:
        was_here(member_id, now=now)
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
    held = db.session.execute(
        update(HallSession)
        .where(scoped(HallSession), HallSession.user_id == user_id, HallSession.revoked_at.is_(None))
        .values(member_id=member_id)
    )
    if held.rowcount:
        # Who was let in by a list has not been here yet.
        was_here(member_id, now=clock.now())


def revoke_all(*, member_id: UUID) -> None:
    """End all of a member's sessions in this tenant."""
    db.session.execute(
        update(HallSession)
        .where(scoped(HallSession), HallSession.member_id == member_id, HallSession.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
