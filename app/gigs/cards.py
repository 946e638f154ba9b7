"""A gig as a row of a list. Pure: the same facts give the same markup, so a cache can stand between."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from markupsafe import Markup

from app.core import clock
from app.gigs import wording
from tenants.context import tenant

_NOBODY = UUID(int=0)


def cards(rows: Iterable[Any], *, own: bool = False, level: int = 3) -> Markup:
    """Return the rows of a list, one `<li>` for each gig, headed at a level; `own` ones do not repeat who posted them."""
    today, base = clock.today(tenant.time_zone), gig_base()
    hidden = {"author_name": "", "why": ""} if own else {}
    return Markup("").join(card(facts(row, today=today, base=base) | hidden, level) for row in rows)


def card(shown: dict[str, Any], level: int = 3) -> Markup:
    """Return one row from its facts, its title a heading of a level."""
    components = current_app.jinja_env.get_template("components/gigs.html").module
    return Markup(components.gig_row(shown, level))  # type: ignore[attr-defined]


def facts(row: Any, *, today: date, base: str) -> dict[str, Any]:
    """Return what the row of a gig shows, all in words. `base` is the address of gigs, up to their id."""
    amount, unit = wording.pay(row)
    held = set(row.held or ())
    return {
        "href": f"{base}{row.id}",
        "title": row.title or "Untitled draft",
        "summary": row.summary,
        "pay": amount,
        "pay_unit": unit,
        "what": wording.what(row),
        "category": row.category_name,
        "place": wording.place(row),
        "due": wording.by_day(row, today),
        "skills": [{"name": name, "yours": name in held} for name in (row.skills or ())[:6]],
        "why": wording.why(row.held, row.wanted),
        "author_name": row.author_name,
        "author_hue": row.author_hue,
        "author_picture": row.author_picture,
        "author_note": wording.finished(row.author_finished),
        "state": row.state,
    }


def gig_base() -> str:
    """Return the address of gigs up to their id: built once for a page, not for each of its rows."""
    return url_for("gigs.show", gig_id=_NOBODY).removesuffix(str(_NOBODY))
