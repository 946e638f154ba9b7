"""The words that somebody is met with on the front page."""

from typing import Any

from app.core.markdown import plain
from app.core.wording import plural
from tenants.context import Actor

_SHORT = 220


def greeting(figures: Any, viewer: Actor | None) -> str:
    """Return the line under the marketplace's name: the leaders' words of welcome to members where they are short, else how
    many are here and what is open.
    """
    welcome = plain(figures.welcome) if viewer else ""
    if welcome and len(welcome) <= _SHORT:
        return welcome
    people = plural(figures.people, "person", "people")
    if figures.open_gigs:
        return f"{people}, and {plural(figures.open_gigs, 'gig')} open now."
    return f"{people} so far. Be the one who posts the first gig." if viewer else f"{people} so far."
