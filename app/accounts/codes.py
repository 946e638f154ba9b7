"""Six digits by e-mail: they prove an address, in the browser that asked for them, within ten minutes and five tries."""

import hmac
from datetime import datetime, timedelta

from flask import session
from sqlalchemy import select, update

from app.accounts.jobs import send_code
from app.accounts.models import EmailCode
from app.authorization import forget_nothing
from app.core.database import db
from app.core.errors import Gone, Invalid
from app.core.languages import gettext as _
from app.core.languages import language, ngettext
from app.core.languages import lazy_gettext as _l
from app.core.tokens import digest, new_token
from tenants.context import TenantInfo

LIFETIME = timedelta(minutes=10)
TRIES = 5

_AWAITED = "code"


class WrongCode(Invalid):
    """The digits are not those in the newest e-mail; the message says how many tries are left."""


class CodeOver(Gone):
    message = _l("This code has run out. Ask for a new one.")


def ask(
    email: str,
    purpose: str,
    *,
    now: datetime,
    hall: TenantInfo | None,
    name: str = "",
    password_hash: str | None = None,
) -> None:
    """Mail a code to an address, known or not, for this browser alone; an earlier one is no longer good here.

    :param name: what a newcomer typed, kept until the address is proven; so is `password_hash`.
    """
    earlier = awaited(now=now)
    if earlier is not None:
        earlier.used_at = now
    token = new_token()
    code = EmailCode(
        email=email,
        purpose=purpose,
        name=name,
        password_hash=password_hash,
        browser_hash=digest(token),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    db.session.add(code)
    db.session.flush()
    session[_AWAITED] = token
    send_code.enqueue(code_id=code.id, hall=hall.slug if hall else None, language=language())


def awaited(*, now: datetime) -> EmailCode | None:
    """Return the code that this browser waits for, or None when there is none that is still good."""
    token = session.get(_AWAITED)
    if token is None:
        return None
    return db.session.scalars(
        select(EmailCode).where(
            EmailCode.browser_hash == digest(token), EmailCode.used_at.is_(None), EmailCode.expires_at > now
        )
    ).one_or_none()


def prove(digits: str, *, now: datetime) -> EmailCode:
    """Return this browser's code, used up now, if these are its digits. A wrong try counts although it is refused.

    :raises WrongCode: when they are others.
    :raises CodeOver: when the code was used, ran out of time or of tries, or belongs to another browser.
    """
    forget_nothing()
    code = _count_try(now=now)
    if code is None:
        raise CodeOver
    elif not hmac.compare_digest(code.digits, digits):
        raise WrongCode(_left(TRIES - code.tries))
    else:
        code.used_at = now
        session.pop(_AWAITED, None)
        return code


def _count_try(*, now: datetime) -> EmailCode | None:
    # Counted before comparing, under the row's lock: tries sent at the same moment count each.
    return db.session.scalars(
        update(EmailCode)
        .where(
            EmailCode.browser_hash == digest(session.get(_AWAITED, "")),
            EmailCode.used_at.is_(None),
            EmailCode.expires_at > now,
            EmailCode.tries < TRIES,
        )
        .values(tries=EmailCode.tries + 1)
        .returning(EmailCode)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _left(tries: int) -> str:
    if tries == 0:
        return _("That is not it either, and it was the last try. Ask for a new code.")
    return ngettext(
        "That is not the code in the newest e-mail; one try is left.",
        "That is not the code in the newest e-mail; %(num)s tries are left.",
        tries,
    )
