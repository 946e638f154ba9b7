"""Who a person is: the account behind an e-mail address, and who is here now."""

from datetime import datetime

from flask_login import current_user
from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from app.accounts import passwords
from app.accounts.identity import SignedInPerson
from app.accounts.models import EmailCode, User
from app.core.database import db
from app.core.ids import new_id
from tenants.context import TenantInfo


def signed_in_here() -> SignedInPerson | None:
    """Return who is signed in on the identity host or the platform's, with the session."""
    # The real object: Flask-Login's proxy would be looked up anew after signing out.
    return current_user._get_current_object() if current_user.is_authenticated else None


def account_with(email: str, password: str) -> User | None:
    """Return the account that an address and a password open, or None, in the same time whether or not there is one."""
    user = User.with_email(email)
    if user is None:
        passwords.matches(None, password)
        return None
    return user if user.has_password(password) else None


def account_of(code: EmailCode, *, hall: TenantInfo | None, now: datetime) -> User:
    """Return the account of the address that a code proved, made now if there is none.

    An account that nobody proved before is the prover's: a name stays, a password that somebody else may have set does not.
    """
    newcomer = insert(User).values(
        id=new_id(),
        email=code.email,
        name=code.name,
        password_hash=code.password_hash,
        email_verified_at=now,
        time_zone=hall.time_zone if hall else "UTC",
        created_at=now,
    )
    db.session.execute(newcomer.on_conflict_do_nothing(index_elements=[func.lower(User.email)]))
    user = User.with_email(code.email)
    assert user is not None, "it was there or was made in the statement before"
    if not user.is_verified:
        user.email_verified_at = now
        user.password_hash = code.password_hash
        user.name = code.name or user.name
    return user
