"""What an alert looks for and when it tells, in the reader's words."""

from datetime import time
from typing import Any

from sqlalchemy import select

from app.categories.models import Category
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import weekday
from app.gigs import wording
from app.gigs.narrowing_labels import narrowing_labels
from app.gigs.search import Search
from tenants.isolation import scoped

PACES = {"at_once": _l("At once"), "daily": _l("Once a day"), "weekly": _l("Once a week")}
_PLACES = {"remote": _l("Remote"), "onsite": _l("On site")}
_LONGEST_NAME = 80


def parts(search: Search) -> list[str]:
    """Return what a search asks for, one text for each thing that was typed or chosen."""
    said = [f"“{search.q}”"] if search.q else []
    for name, value in search.filters.items():
        label = "" if name in ("near", "within", "known") else _label(name, value)
        said += [label] if label else []
    if search.known:
        said.append(_("People you know"))
    if search.near and search.within:
        said.append(_("At most %(num)s km from %(place)s", num=search.within, place=search.near))
    return said


def in_words(search: Search) -> str:
    """Return all that a search asks for as one line."""
    return " · ".join(parts(search)) or _("Every new gig")


def proposed_name(search: Search) -> str:
    """Return what an alert may be called until its member finds better words."""
    return in_words(search)[:_LONGEST_NAME]


def pace_in_words(alert: Any) -> str:
    """Return how often an alert tells: “Once a week, on Monday at 08:00”."""
    hour = time(alert.hour).strftime("%H:%M")
    if alert.pace == "weekly":
        return _("Once a week, on %(weekday)s at %(hour)s", weekday=weekday(alert.weekday), hour=hour)
    elif alert.pace == "daily":
        return _("Once a day, at %(hour)s", hour=hour)
    else:
        return str(PACES["at_once"])


def _label(name: str, value: str) -> str:
    if name == "category":
        return _category(value) or value
    elif name in ("place", "skill"):
        return value
    labels: dict[str, Any] = {
        "direction": wording.DIRECTIONS, "kind": wording.KINDS, "settlement": wording.SETTLEMENTS, "where": _PLACES,
    }  # fmt: skip
    labels |= {group: words for group, _title, _any, words in narrowing_labels()}
    said = str(labels[name].get(value, value))
    return _("Due: %(title)s", title=said) if name == "due" else said


def _category(slug: str) -> str | None:
    return db.session.scalars(select(Category.name).where(scoped(Category), Category.slug == slug)).one_or_none()
