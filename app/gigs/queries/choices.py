"""How many of the gigs that words found each choice of the narrowing filters would leave."""

from collections import defaultdict
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, any_, func, select, true

from app.core.reading import Reading
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.narrowing import NARROWING, group_of
from app.gigs.queries.open_gigs import FILTERS, FOUND
from app.gigs.queries.rows import OPEN
from tenants.isolation import scoped

_MOST_SKILLS = 10

Choices = dict[str, dict[str, int]]


def choices(shape: tuple[str, ...], values: dict[str, Any], *, signed_in: bool) -> Choices:
    """Return `{choice: gigs}` for each group of narrowing filters, its own filter lifted; choices that leave nothing are not
    among them. `values` are those of the search's statement, with what its words found.
    """
    row: Any = _counts(shape, signed_in).one_or_none(**values)
    counted: Choices = defaultdict(dict)
    for name in _COUNTED:
        if count := getattr(row, _column(name)):
            counted[group_of(name)][name.partition("_")[2]] = count
    counted["skill"] = {skill.name: skill.gigs for skill in _skills(shape, signed_in).rows(**values)}
    return dict(counted)


_COUNTED = tuple(name for name in NARROWING if name != "skill")


@cache
def _counts(shape: tuple[str, ...], signed_in: bool) -> Reading:
    columns = [
        func.count().filter(NARROWING[name], *_others(shape, group_of(name))).label(_column(name)) for name in _COUNTED
    ]
    return Reading(select(*columns).select_from(Gig).where(*_found(signed_in)))


@cache
def _skills(shape: tuple[str, ...], signed_in: bool) -> Reading:
    skill = func.unnest(Gig.needs).table_valued("name").lateral("skill")
    return Reading(
        select(skill.c.name, func.count().label("gigs"))
        .select_from(Gig)
        .join(skill, true())
        .where(*_found(signed_in), *_others(shape, "skill"))
        .group_by(skill.c.name)
        .order_by(func.count().desc(), skill.c.name)
        .limit(_MOST_SKILLS)
    )


def _found(signed_in: bool) -> list[ColumnElement[bool]]:
    return [scoped(Gig), OPEN, meant_for(signed_in=signed_in), Gig.id == any_(FOUND)]


def _others(shape: tuple[str, ...], lifted: str) -> list[ColumnElement[bool]]:
    return [FILTERS[name] for name in shape if group_of(name) != lifted]


def _column(name: str) -> str:
    return name.replace("-", "_")
