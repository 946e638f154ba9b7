"""What somebody was on their way to when they came to the door: it is theirs once they are in."""

import re
from uuid import UUID

from flask import request, url_for

from app.accounts.doors import came_from
from app.core.local import local_path

_GIG = re.compile(r"/gigs/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=[/?#]|$)")


def onward_here() -> str:
    """Return the page that this request leads on to, by its form, its address or the page before; else the front page."""
    named = request.form.get("onward") or request.args.get("onward")
    return local_path(named or came_from(), url_for("halls.front"))


def door_to(onward: str) -> str:
    """Return the address of the door that leads on to a page."""
    return url_for("joining.join", onward=onward if onward != url_for("halls.front") else None)


def gig_at(onward: str) -> UUID | None:
    """Return the id in the address of a gig, or None when it is no gig's. Whether there is such a gig is not asked."""
    found = _GIG.match(onward)
    return UUID(found[1]) if found else None
