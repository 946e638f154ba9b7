"""Sessions on the identity host: who signed in there, for every hall that this person belongs to."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from flask import request, session
from flask_login import UserMixin, login_user, logout_user
from sqlalchemy import select, update

from app.accounts.models import IdentitySession, User
from app.core import clock
from app.core.database import db

LIFETIME = timedelta(days=30)


class SignedInPerson(UserMixin):
    """What Flask-Login holds on the identity host."""

    def __init__(self, token: str, user: User) -> None:
        self.token = token
        self.user = user

    def get_id(self) -> str:
        return self.token

    @property
    def session_key(self) -> str:
        return _hashed(self.token)


def load(token: str) -> SignedInPerson | None:
    """Return the person that a cookie's token belongs to, or None."""
    user = db.session.scalars(
        select(User)
        .join(IdentitySession, IdentitySession.user_id == User.id)
        .where(
            IdentitySession.token_hash == _hashed(token),
            IdentitySession.revoked_at.is_(None),
            IdentitySession.expires_at > clock.now(),
            User.disabled_at.is_(None),
        )
    ).one_or_none()
    return SignedInPerson(token, user) if user else None


def begin(user: User) -> SignedInPerson:
    """Sign this browser in on the identity host under a new token."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session.clear()
    db.session.add(
        IdentitySession(
            token_hash=_hashed(token),
            user_id=user.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LIFETIME,
            agent=(request.user_agent.string or "")[:200],
        )
    )
    db.session.flush()
    session.permanent = True
    person = SignedInPerson(token, user)
    login_user(person)
    return person


def end(person: SignedInPerson) -> None:
    """Sign this browser out of the identity host."""
    db.session.execute(
        update(IdentitySession).where(IdentitySession.token_hash == person.session_key).values(revoked_at=clock.now())
    )
    logout_user()
    session.clear()


def end_all(user_id: UUID) -> None:
    """Sign every browser of a person out of the identity host: after a new password."""
    db.session.execute(
        update(IdentitySession)
        .where(IdentitySession.user_id == user_id, IdentitySession.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
