"""People by words: of their names, headlines, places and skills."""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    and_,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
)

from app.categories.models import Skill
from app.core.asking import patterns, says
from app.core.paging import Keyset, Page
from app.core.reading import Reading
from app.gigs.audience import is_apart_from
from app.people.columns import skill_names
from app.people.queries import ACTIVE, HERE, ROWS, SHORT, viewer_of
from app.profiles.models import MemberSkill, Profile
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member


def found_people(words: list[str], viewer: Actor | None, at: str | None = None) -> Page[Row[Any]]:
    """Return a page of the active members who say every word somewhere: those whose names do first; columns as in
    `directory`. Whom a block keeps apart from a member is not found by them.
    """
    return _keyset(len(words), viewer is not None).page(at, **patterns(words), **viewer_of(viewer))


def count_found(words: list[str], viewer: Actor | None) -> int:
    """Return how many those are."""
    row = _count(len(words), viewer is not None).one_or_none(**patterns(words), **viewer_of(viewer))
    return int(row.people) if row else 0


@cache
def _keyset(words: int, signed_in: bool) -> Keyset:
    names = skill_names(signed_in=signed_in)
    named = and_(*(says(func.lower(Member.name), number) for number in range(words)))
    # One direction for the whole order: who is named so comes first.
    fit = case((named, literal_column("0", Integer)), else_=literal_column("1", Integer)).label("fit")
    statement = (
        select(*SHORT, names.c.held, names.c.teaches, names.c.learns, fit)
        .select_from(Member)
        .outerjoin(Profile, HERE)
        .join(names, true())
        .where(*_conditions(words, signed_in))
    )
    return Keyset(statement, by=("fit", "name", "id"), size=ROWS)


@cache
def _count(words: int, signed_in: bool) -> Reading:
    counted = select(func.count().label("people")).select_from(Member).outerjoin(Profile, HERE)
    return Reading(counted.where(*_conditions(words, signed_in)))


def _conditions(words: int, signed_in: bool) -> list[ColumnElement[bool]]:
    near = [not_(is_apart_from(Member.id))] if signed_in else []
    return [scoped(Member), ACTIVE, *near, *(_says(number) for number in range(words))]


def _says(number: int) -> ColumnElement[bool]:
    skilled = (
        select(MemberSkill.member_id)
        .join(Skill, and_(Skill.tenant_id == MemberSkill.tenant_id, Skill.id == MemberSkill.skill_id))
        .where(scoped(MemberSkill), text("member_skills.relation = 'held'"), says(func.lower(Skill.name), number))
    )
    headline, place = func.coalesce(Profile.headline, ""), func.coalesce(Profile.place, "")
    said = func.lower(Member.name + " " + headline + " " + place)
    return or_(says(said, number), Member.id.in_(skilled))
