"""Rows of people as their component shows them. Pure: the same row gives the same markup."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from markupsafe import Markup

from app.profiles import wording
from app.profiles.wording import availability

_NOBODY = UUID(int=0)
_MOST_SKILLS = 6


def cards(rows: Iterable[Any], *, today: date, for_members: bool, level: int = 3) -> Markup:
    """Return the rows of a list, one `<li>` for each member, headed at a level."""
    base = person_base()
    return Markup("").join(card(facts(row, today=today, base=base, for_members=for_members), level) for row in rows)


def card(shown: dict[str, Any], level: int = 3) -> Markup:
    """Return one row from its facts."""
    components = current_app.jinja_env.get_template("components/people.html").module
    return Markup(components.member_card(shown, level))  # type: ignore[attr-defined]


def facts(row: Any, *, today: date, base: str, for_members: bool) -> dict[str, Any]:
    """Return what the row of a member shows, all in words. `base` is the address of people, up to their id."""
    told = [
        *wording.roles(row.roles or ()),
        wording.where(row),
        wording.finished(row.finished_count, row.joined_at.date(), today),
    ]
    free = availability(row, today, for_members=for_members)
    return {
        "href": f"{base}{row.id}",
        "name": row.name,
        "hue": row.hue,
        "picture": row.picture,
        "headline": row.headline,
        "facts": [fact for fact in told if fact],
        "free": free.words if free.state in ("free", "away") else "",
        "skills": (row.held or ())[:_MOST_SKILLS],
        "why": wording.why(row),
    }


def person_base() -> str:
    """Return the address of people up to their id: built once for a page, not for each of its rows."""
    return url_for("people.show", member_id=_NOBODY).removesuffix(str(_NOBODY))
