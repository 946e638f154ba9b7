"""From the identity host to another of our hosts: a single-use code, good for a minute, on that host, in that browser.

A browser sets out with the digest of a nonce that only its cookie on the host it comes from holds. The identity host binds
the code to host and digest, so the code in an address is worth nothing to whoever else reads it.
"""

import re
from datetime import datetime, timedelta

from flask import session
from sqlalchemy import select, update

from app.accounts.identity import SignedInPerson
from app.accounts.models import Handover, IdentitySession, User
from app.authorization import forget_nothing
from app.core.database import db
from app.core.errors import Forbidden
from app.core.languages import lazy_gettext as _l
from app.core.tokens import digest, matches, new_token

LIFETIME = timedelta(seconds=60)

_NONCE = "door"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ArrivalRefused(Forbidden):
    message = _l("This way in was used before, has run out or belongs to another browser.")


def browser_here() -> str:
    """Return what the identity host may know of this browser: the digest of a nonce in its cookie on this host."""
    # One nonce for all tabs: the code is what is used once.
    nonce = session.setdefault(_NONCE, new_token())
    return digest(nonce)


def is_browser(text: str) -> bool:
    """Return whether this could be the digest of a browser's nonce."""
    return _DIGEST.fullmatch(text) is not None


def hand_over(person: SignedInPerson, *, host: str, browser: str, onward: str, now: datetime) -> str:
    """Return a code that signs `person` in at `host`, in the browser that holds the nonce of this digest."""
    code = new_token()
    db.session.add(
        Handover(
            code_hash=digest(code),
            user_id=person.user.id,
            identity_session=person.session.token_hash,
            host=host,
            browser_hash=browser,
            onward=onward,
            expires_at=now + LIFETIME,
        )
    )
    return code


def receive(code: str, *, host: str, now: datetime) -> Handover:
    """Return the hand-over that a code stands for, used up now: also when it is refused, so that it cannot be tried elsewhere.

    :raises ArrivalRefused: when it is unknown, used, too old, for another host or another browser, or its person has signed
        out meanwhile or been locked out.
    """
    forget_nothing()
    handover = _use_up(code, now=now)
    if handover is None or not _is_good(handover, host):
        raise ArrivalRefused
    return handover


def _use_up(code: str, *, now: datetime) -> Handover | None:
    return db.session.scalars(
        update(Handover)
        .where(Handover.code_hash == digest(code), Handover.used_at.is_(None), Handover.expires_at > now)
        .values(used_at=now)
        .returning(Handover)
    ).one_or_none()


def _is_good(handover: Handover, host: str) -> bool:
    return handover.host == host and _is_this_browser(handover.browser_hash) and _is_still_signed_in(handover)


def _is_this_browser(browser: str) -> bool:
    nonce = session.get(_NONCE)
    return nonce is not None and matches(nonce, browser)


def _is_still_signed_in(handover: Handover) -> bool:
    going_on = (
        select(User.id)
        .join(IdentitySession, IdentitySession.user_id == User.id)
        .where(
            IdentitySession.token_hash == handover.identity_session,
            IdentitySession.revoked_at.is_(None),
            User.disabled_at.is_(None),
        )
    )
    return db.session.scalars(going_on).one_or_none() is not None
