"""What a list says of a gig, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from flask import url_for

from app.core.languages import gettext as _
from app.core.pictures import path
from app.gigs import wording
from app.profiles.wording import finished
from themes.drawing import initials

_NOBODY = UUID(int=0)
_MOST_SKILLS = 6


class Skill(NamedTuple):
    """A skill that a gig needs, and whether whoever looks has it."""

    name: str
    yours: bool


class Facts(NamedTuple):
    """What the row of a gig shows, all in words. A picture is its address."""

    href: str
    title: str
    summary: str
    pay: str
    pay_unit: str
    what: str
    category: str | None
    place: str
    due: str
    why: str
    author_name: str
    author_hue: int
    author_picture: str
    author_initials: str
    author_note: str
    # What differs in more than its words stands last.
    state: str
    skills: Sequence[Skill]


def facts(
    row: Any, *, today: date, base: str, held: Sequence[str] | None = None, wanted: Sequence[str] | None = None
) -> Facts:
    """Return what the row of a gig shows, all in words. `base` is the address of gigs, up to their id; of the skills, those
    `held` and `wanted` by whoever looks are marked.
    """
    amount, unit = wording.pay(row)
    return Facts(
        href=f"{base}{row.id}",
        title=row.title or _("Untitled draft"),
        summary=row.summary,
        pay=amount,
        pay_unit=unit,
        what=wording.what(row),
        category=row.category_name,
        place=wording.place(row),
        due=wording.by_day(row, today),
        skills=[Skill(name, name in (held or ())) for name in (row.skills or ())[:_MOST_SKILLS]],
        why=wording.why(held, wanted),
        author_name=row.author_name,
        author_hue=row.author_hue,
        author_picture=path(row.author_picture, "small") if row.author_picture else "",
        author_initials=initials(row.author_name),
        author_note=finished(row.author_finished, row.author_since, today),
        state=row.state,
    )


def gig_base() -> str:
    """Return the address of gigs up to their id: built once for a page, not for each of its rows."""
    return url_for("gigs.show", gig_id=_NOBODY).removesuffix(str(_NOBODY))
