"""How many people each further choice would leave: every figure of the filter column, and the total, from one statement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, literal_column, null, select, union_all

from app.categories.models import Category, Skill
from app.core.database import db
from app.people.queries import ACTIVE, EXPERT_ROLES, HERE, condition, days, found_values
from app.people.search import Search
from app.profiles.models import MemberSkill, Profile
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

_WHERE = ("where_remote", "where_onsite", "place")
#: The filters that each group leaves out of its own figures.
_LIFTED = {"skill": ("skill",), "place": _WHERE, "field": ("field",), "free": ("free",)}
_MOST = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to narrow the directory down by, and how many people that would leave."""

    value: str
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Facets:
    """`total` answers the whole search; `choices` per group, the most common first, and `any` of each, that group's own
    filter lifted. `remote` counts who works remotely, `free` who is free now.
    """

    total: int = 0
    remote: int = 0
    free: int = 0
    any: dict[str, int] = field(default_factory=dict)
    choices: dict[str, list[Choice]] = field(default_factory=dict)


def facets(search: Search, today: date, found: Sequence[UUID] | None = None) -> Facets:
    """Return the figures beside the directory; with `found`, among those whom the words of the search find."""
    values = {**search.values, **days(Search(free="now"), today), **found_values(found)}
    choices: dict[str, list[Choice]] = defaultdict(list)
    figures: dict[str, int] = defaultdict(int)
    for row in db.session.execute(_statement(search.shape), values):
        if row.value is None:
            figures[row.kind] = row.people
        else:
            choices[row.kind].append(Choice(row.value, row.label, row.people))
    for group in choices.values():
        group.sort(key=lambda choice: (-choice.people, choice.label))
    lifted = {name: figures[f"any_{name}"] for name in _LIFTED}
    return Facets(figures["total"], figures["remote"], figures["free"], lifted, dict(choices))


@cache
def _statement(shape: tuple[str, ...]) -> Any:
    """Return the statement for one combination of filters: rows of `kind`, `value`, `label`, `people`."""
    wheres = {name: [condition(one) for one in shape if one not in lifted] for name, lifted in _LIFTED.items()}
    return union_all(
        _figure("total", *map(condition, shape)),
        *(_figure(f"any_{name}", *conditions) for name, conditions in wheres.items()),
        _figure("free", condition("free"), *wheres["free"]),
        _figure("remote", condition("where_remote"), *wheres["place"]),
        *(select(_choices(name, *wheres[name]).subquery()) for name in ("skill", "place", "field")),
    )


def _people(kind: str, value: Any, label: Any) -> Select[Any]:
    return (
        select(
            literal_column(f"'{kind}'").label("kind"),
            value.label("value"),
            label.label("label"),
            func.count().label("people"),
        )
        .select_from(Member)
        .outerjoin(Profile, HERE)
        .where(scoped(Member), ACTIVE)
    )


def _figure(kind: str, *conditions: Any) -> Select[Any]:
    return _people(kind, null(), null()).where(*conditions)


def _choices(kind: str, *conditions: Any) -> Select[Any]:
    if kind == "skill":
        statement = (
            _people(kind, Skill.slug, Skill.name)
            .join(
                MemberSkill,
                and_(
                    MemberSkill.tenant_id == Member.tenant_id,
                    MemberSkill.member_id == Member.id,
                    MemberSkill.relation == literal_column("'held'"),
                ),
            )
            .join(Skill, and_(Skill.tenant_id == MemberSkill.tenant_id, Skill.id == MemberSkill.skill_id))
            .group_by(Skill.slug, Skill.name)
        )
    elif kind == "field":
        # Somebody may lead a field and be its expert as well.
        of_field = (
            select(Role.tenant_id, Role.member_id, Role.category_id)
            .where(scoped(Role), EXPERT_ROLES, in_office())
            .distinct()
            .subquery()
        )
        statement = (
            _people(kind, Category.slug, Category.name)
            .join(of_field, and_(of_field.c.tenant_id == Member.tenant_id, of_field.c.member_id == Member.id))
            .join(Category, and_(Category.tenant_id == of_field.c.tenant_id, Category.id == of_field.c.category_id))
            .group_by(Category.slug, Category.name)
        )
    else:
        statement = _people(kind, Profile.place, Profile.place).where(Profile.place != "").group_by(Profile.place)
    return statement.where(*conditions).order_by(func.count().desc(), literal_column("3")).limit(_MOST)
