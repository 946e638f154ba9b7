"""Sessions on the identity host: who signed in there, for every hall that this person belongs to.

The platform's own host uses the same kind of session, carried over from the identity host and ending with it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from flask import request, session
from flask_login import UserMixin, login_user, logout_user
from sqlalchemy import or_, select, update
from sqlalchemy.orm import aliased

from app.accounts.agents import kept as kept_agent
from app.accounts.models import IdentitySession, User
from app.core import clock
from app.core.database import db
from app.core.errors import Forbidden, NotFound
from app.core.languages import lazy_gettext as _l
from app.core.tokens import digest, new_token
from tenants.context import set_member

LIFETIME = timedelta(days=30)
_SEEN_EVERY = timedelta(minutes=15)
# What somebody was about to do is still theirs after signing in.
_KEPT = ("hall", "passage", "opening")

_Parent = aliased(IdentitySession)
_BY_TOKEN = (
    select(User, IdentitySession)
    .join(IdentitySession, IdentitySession.user_id == User.id)
    .outerjoin(_Parent, _Parent.token_hash == IdentitySession.carried_from)
    .where(
        IdentitySession.revoked_at.is_(None),
        _Parent.revoked_at.is_(None),
        User.disabled_at.is_(None),
    )
)


class AccountDisabled(Forbidden):
    message = _l("This account is closed. Write to the people who run this site if that is a mistake.")


class NoSuchSession(NotFound):
    message = _l("That browser is signed out already.")


class SignedInPerson(UserMixin):
    """What Flask-Login holds on the identity host and on the platform's."""

    def __init__(self, token: str, user: User, session: IdentitySession) -> None:
        self.token = token
        self.user = user
        self.session = session

    def get_id(self) -> str:
        return self.token


def load(token: str) -> SignedInPerson | None:
    """Return the person that a cookie's token belongs to, or None."""
    now = clock.now()
    found = db.session.execute(
        _BY_TOKEN.where(IdentitySession.token_hash == digest(token), IdentitySession.expires_at > now)
    ).one_or_none()
    if found is None:
        return None
    person = SignedInPerson(token, *found)
    if now - person.session.last_seen_at > _SEEN_EVERY:
        _prolong(person.session, now=now)
    set_member(None, person.user.id)
    return person


def begin(user: User, *, carried_from: str | None = None) -> SignedInPerson:
    """Sign this browser in under a new token; of what its cookie held before only the way onward stays.

    :param carried_from: the hash of the identity host's session, when another host takes it over.
    :raises AccountDisabled: when the account is closed.
    """
    if user.is_disabled:
        raise AccountDisabled
    token = new_token()
    now = clock.now()
    row = IdentitySession(
        token_hash=digest(token),
        user_id=user.id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + LIFETIME,
        agent=kept_agent(request.user_agent.string),
        carried_from=carried_from,
    )
    db.session.add(row)
    db.session.flush()
    kept = {key: session[key] for key in _KEPT if key in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    person = SignedInPerson(token, user, row)
    login_user(person)
    set_member(None, user.id)
    return person


def end(person: SignedInPerson) -> None:
    """Sign this browser out, here and on every host that took its session over."""
    _revoke([person.session], now=clock.now())
    forget()


def end_all(user_id: UUID) -> None:
    """Sign every browser of a person out, on every host."""
    db.session.execute(
        update(IdentitySession)
        .where(IdentitySession.user_id == user_id, IdentitySession.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def forget() -> None:
    """Empty this browser's cookie."""
    logout_user()
    session.clear()
    set_member(None)


def sessions_of(user_id: UUID, *, now: datetime) -> list[IdentitySession]:
    """Return the browsers in which a person is signed in, the one last seen first."""
    return list(
        db.session.scalars(
            select(IdentitySession)
            .where(
                IdentitySession.user_id == user_id,
                IdentitySession.carried_from.is_(None),
                IdentitySession.revoked_at.is_(None),
                IdentitySession.expires_at > now,
            )
            .order_by(IdentitySession.last_seen_at.desc())
        )
    )


def revoke(handle: str, *, user_id: UUID, now: datetime) -> None:
    """Sign one of a person's browsers out.

    :raises NoSuchSession: when it is not signed in, or not theirs.
    """
    meant = [row for row in sessions_of(user_id, now=now) if row.handle == handle]
    if not meant:
        raise NoSuchSession
    _revoke(meant, now=now)


def _revoke(rows: Iterable[IdentitySession], *, now: datetime) -> None:
    for row in rows:
        # One that was carried over ends with the one it came from: signing out on one host means all of this browser.
        row.revoked_at = now
        if row.carried_from is not None:
            db.session.execute(
                update(IdentitySession).where(IdentitySession.token_hash == row.carried_from).values(revoked_at=now)
            )


def _prolong(row: IdentitySession, *, now: datetime) -> None:
    """Let a session go on, and with it the one it came from, which must never end first; and the cookie."""
    db.session.execute(
        update(IdentitySession)
        .where(or_(IdentitySession.token_hash == row.token_hash, IdentitySession.token_hash == row.carried_from))
        .values(last_seen_at=now, expires_at=now + LIFETIME)
    )
    session.modified = True
