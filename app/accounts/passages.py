"""What the identity host remembers of where a browser came from: the hall it serves, and the way back to it."""

import re
from dataclasses import dataclass
from datetime import datetime

from flask import g, session

from app.accounts import handovers
from app.accounts.identity import SignedInPerson
from app.core.config import config
from app.core.errors import Invalid
from app.core.languages import lazy_gettext as _l
from app.core.local import local_path
from tenants.context import TenantInfo
from tenants.links import hall_url, platform_url
from tenants.resolution import NoSuchAddress, tenant_by_slug

# What an address may ask the database for; which of these there are, only the database knows.
_SLUG = re.compile(r"[a-z0-9-]{1,63}")


class LostPassage(Invalid):
    message = _l("This link is not complete. Go back to where you came from and choose “Sign in” there.")


@dataclass(frozen=True, slots=True)
class Passage:
    """The way from one of our hosts through the identity host and back. `hall` is a slug, empty for the platform's own host."""

    hall: str
    browser: str
    onward: str


def set_out(*, hall: str, browser: str, onward: str | None) -> None:
    """Remember the way back until somebody has signed in.

    :raises NoSuchAddress: when there is no open hall of that name.
    :raises LostPassage: when the browser's digest is none.
    """
    if hall and _open_hall(hall) is None:
        raise NoSuchAddress
    if not handovers.is_browser(browser):
        raise LostPassage
    _serve(hall)
    session["passage"] = [hall, browser, local_path(onward)]


def serve(slug: str) -> None:
    """Wear this hall's clothes from now on; a name that no open hall has changes nothing."""
    if slug != session.get("hall") and _open_hall(slug) is not None:
        _serve(slug)
        session.pop("passage", None)


def hall_served() -> TenantInfo | None:
    """Return the hall that this browser came from, while it is open, or None."""
    if "hall_served" not in g:
        slug = session.get("hall")
        g.hall_served = _open_hall(slug) if slug else None
    hall: TenantInfo | None = g.hall_served
    return hall


def way_back(person: SignedInPerson, *, now: datetime) -> str | None:
    """Return the address that takes a person, signed in, to where they came from; None when they came from nowhere."""
    passage = Passage(*session["passage"]) if "passage" in session else None
    hall = hall_served()
    forget()
    if passage is None:
        # They came by a link to this host: the hall has to give its browser a nonce first.
        return hall_url(hall, "accounts.enter", onward="/") if hall else None
    elif passage.hall == "":
        return platform_url("platform_accounts.arrive", code=_code(person, passage, config().platform_host, now))
    elif hall is not None:
        return hall_url(hall, "accounts.arrive", code=_code(person, passage, hall.host, now))
    else:
        return None


def forget() -> None:
    """Serve nobody in particular from now on."""
    session.pop("passage", None)
    session.pop("hall", None)
    g.pop("hall_served", None)


def _code(person: SignedInPerson, passage: Passage, host: str, now: datetime) -> str:
    return handovers.hand_over(person, host=host, browser=passage.browser, onward=passage.onward, now=now)


def _serve(slug: str) -> None:
    session["hall"] = slug
    g.pop("hall_served", None)


def _open_hall(slug: str) -> TenantInfo | None:
    hall = tenant_by_slug(slug) if _SLUG.fullmatch(slug) else None
    return hall if hall is not None and hall.is_open else None
