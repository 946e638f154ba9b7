"""Open gigs by words: of their titles, summaries, places, fields and skills."""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
)

from app.categories.models import Category, Skill
from app.core.asking import patterns, says
from app.core.paging import Keyset, Page
from app.core.reading import Reading
from app.gigs.audience import meant_for
from app.gigs.models import Gig, GigSkill
from app.gigs.queries.rows import OPEN, joined, row_columns, viewer_of
from tenants.context import Actor
from tenants.isolation import scoped

ROWS = 24


def found_gigs(words: list[str], viewer: Actor | None, at: str | None = None) -> Page[Row[Any]]:
    """Return a page of the open gigs that say every word somewhere: those whose titles do first, then the newest; columns as
    in `listing`.
    """
    return _keyset(len(words), viewer is not None).page(at, **patterns(words), **viewer_of(viewer))


def count_found(words: list[str], viewer: Actor | None) -> int:
    """Return how many those are."""
    row = _count(len(words), viewer is not None).one_or_none(**patterns(words), **viewer_of(viewer))
    return int(row.gigs) if row else 0


@cache
def _keyset(words: int, signed_in: bool) -> Keyset:
    titled = and_(*(says(func.lower(Gig.title), number) for number in range(words)))
    fit = case((titled, literal_column("1", Integer)), else_=literal_column("0", Integer)).label("fit")
    statement = joined(select(*row_columns(signed_in), fit)).where(*_conditions(words, signed_in))
    return Keyset(statement, by=("fit", "published_at", "id"), size=ROWS, descending=True)


@cache
def _count(words: int, signed_in: bool) -> Reading:
    counted: Select[Any] = select(func.count().label("gigs")).select_from(Gig)
    return Reading(counted.where(scoped(Gig), *_conditions(words, signed_in)))


def _conditions(words: int, signed_in: bool) -> list[ColumnElement[bool]]:
    return [OPEN, meant_for(signed_in=signed_in), *(_says(number) for number in range(words))]


def _says(number: int) -> ColumnElement[bool]:
    skilled = (
        select(GigSkill.gig_id)
        .join(Skill, and_(Skill.tenant_id == GigSkill.tenant_id, Skill.id == GigSkill.skill_id))
        .where(scoped(GigSkill), says(func.lower(Skill.name), number))
    )
    fields = select(Category.id).where(scoped(Category), says(func.lower(Category.name), number))
    return or_(
        says(func.lower(Gig.title + " " + Gig.summary + " " + Gig.place), number),
        Gig.id.in_(skilled),
        Gig.category_id.in_(fields),
    )
