"""What pages about people read: column rows from statements built once. Tests count what a page costs."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql import false, null

from app.acquaintances.queries import tie_columns
from app.attestations.carried import CarriedReview
from app.badges.queries import BADGES
from app.categories.models import Category, Skill
from app.core.database import db
from app.core.paging import Keyset, Page
from app.kudos.queries import KUDOS
from app.people.columns import PORTFOLIO, ROLES, VIEWER, skill_names, skills
from app.people.search import Search
from app.profiles.blocks import Block
from app.profiles.models import MemberSkill, Profile
from app.profiles.wording import FADES_AFTER
from app.reviews.of_projects import ProjectReview
from app.search.matching import Answer
from app.search.paging import page_of
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

ROWS = 24
ACTIVE: Any = text("members.standing = 'active'")
_TODAY = bindparam("today", type_=Date())
_FRESH = bindparam("fresh", type_=Date())
EXPERT_ROLES = text("roles.role IN ('category_leader', 'expert')")

SHORT = (
    Member.id,
    Member.name,
    Member.hue,
    Member.picture,
    Member.finished_count,
    Member.joined_at,
    Profile.headline,
    Profile.place,
    func.coalesce(Profile.remote, false()).label("remote"),
    Profile.available_minutes,
    Profile.availability_confirmed_on,
    Profile.vacation_from,
    Profile.vacation_until,
    ROLES.label("roles"),
)
_LONG = (
    Member.standing,
    Member.standing_reason,
    Member.standing_changed_at,
    Member.time_zone,
    Profile.story,
    Profile.offers,
    Profile.languages,
    Profile.links,
    Profile.department,
    PORTFOLIO.label("portfolio"),
    BADGES.label("badges"),
    KUDOS.label("kudos"),
)


def directory(search: Search, viewer: Actor | None, today: date, found: Answer | None = None) -> Page[Row[Any]]:
    """Return the page of active members that answers a search, by name: the columns of `SHORT`, `held` (names of skills), and
    for a member `teaches` and `learns` (what one knows and the other wants to learn). `roles` are pairs of a role and the
    name of its category.

    :param found: whom the words of the search find, as of the page before; then they stand in this order.
    """
    keyset = _keyset(search.shape, viewer is not None)
    values = {**search.values, **days(search, today), **viewer_of(viewer)}
    if found is None:
        return keyset.page(search.at, **values)
    return page_of(found, search.at, lambda at: keyset.page(at, **values, **found_values(found.ids)))


def person(member_id: UUID, viewer: Actor | None) -> Row[Any] | None:
    """Return everything that a member's page shows, of whatever standing: the columns of `SHORT` and `_LONG`, the skills
    `held`, `wanted` and `interest` as pairs of name and slug (those held with by how many they are endorsed), for a member
    `teaches` and `learns`, whether they are `blocking` this one, whether they brought reviews from elsewhere (`has_carried`),
    whether anything was said of projects they led (`has_led`), and the columns of the `Tie` to them. None when there is no
    such member.
    """
    return db.session.execute(_person(viewer is not None), {"member_id": member_id, **viewer_of(viewer)}).one_or_none()


def found_values(found: Sequence[UUID] | None) -> dict[str, list[UUID]]:
    """Return the parameter of the condition on what words find, where it is in force."""
    return {} if found is None else {"found": list(found)}


def days(search: Search, today: date) -> dict[str, date]:
    """Return the parameters of the condition on free time, where it is in force."""
    return {"today": today, "fresh": today - FADES_AFTER} if search.free else {}


def viewer_of(viewer: Actor | None) -> dict[str, UUID]:
    """Return the parameter that statements for members need beyond those for visitors."""
    return {"viewer": viewer.id} if viewer else {}


#: The ids of those whom the words of a search find, the best first.
FOUND: Any = bindparam("found", type_=ARRAY(Uuid()))
#: A member's own profile, for a join.
HERE = and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id)
#: What narrows the directory down. Each name is also that of its parameter, where it has one.
CONDITIONS: dict[str, ColumnElement[bool]] = {
    "skill": exists()
    .where(
        MemberSkill.tenant_id == Member.tenant_id,
        MemberSkill.member_id == Member.id,
        text("member_skills.relation = 'held'"),
        MemberSkill.skill_id
        == select(Skill.id).where(scoped(Skill), Skill.slug == bindparam("skill")).scalar_subquery(),
    )
    .correlate(Member),
    "free": and_(
        Profile.available_minutes > 0,
        Profile.availability_confirmed_on >= _FRESH,
        or_(Profile.vacation_until.is_(None), Profile.vacation_until < _TODAY, Profile.vacation_from > _TODAY),
    ),
    "found": Member.id == any_(FOUND),
    "where_remote": Profile.remote,
    "where_onsite": Profile.place != "",
    "place": Profile.place == bindparam("place"),
    "field": exists()
    .where(
        Role.tenant_id == Member.tenant_id,
        Role.member_id == Member.id,
        EXPERT_ROLES,
        in_office(),
        Role.category_id
        == select(Category.id).where(scoped(Category), Category.slug == bindparam("field")).scalar_subquery(),
    )
    .correlate(Member),
}


def condition(name: str) -> ColumnElement[bool]:
    """Return what a name of a search's shape asks of a member."""
    return CONDITIONS[name]


@cache
def _keyset(shape: tuple[str, ...], signed_in: bool) -> Keyset:
    names = skill_names(signed_in=signed_in)
    statement = (
        select(*SHORT, names.c.held, names.c.teaches, names.c.learns)
        .select_from(Member)
        .outerjoin(Profile, HERE)
        .join(names, true())
        .where(scoped(Member), ACTIVE, *map(condition, shape))
    )
    if "found" in shape:
        place = func.array_position(FOUND, Member.id, type_=Integer).label("place_found")
        return Keyset(statement.add_columns(place), by=("place_found", "id"), size=ROWS)
    else:
        return Keyset(statement, by=("name", "id"), size=ROWS)


@cache
def _person(signed_in: bool) -> Select[Any]:
    names, said = skill_names(signed_in=signed_in), skills()
    blocking = (
        exists().where(scoped(Block), Block.blocker_id == VIEWER, Block.blocked_id == Member.id).correlate(Member)
        if signed_in
        else null()
    )
    # Few brought any, and few have led a project: whoever did not costs no statement more.
    brought = (
        exists()
        .where(scoped(CarriedReview), CarriedReview.member_id == Member.id, CarriedReview.dropped_at.is_(None))
        .correlate(Member)
    )
    led = (
        exists()
        .where(
            scoped(ProjectReview),
            ProjectReview.coordinator_id == Member.id,
            ProjectReview.published_at.is_not(None),
            ProjectReview.hidden_at.is_(None),
        )
        .correlate(Member)
    )
    return (
        select(
            *SHORT,
            *_LONG,
            said.c.held,
            said.c.wanted,
            said.c.interest,
            names.c.teaches,
            names.c.learns,
            blocking.label("blocking"),
            brought.label("has_carried"),
            led.label("has_led"),
            *(tie_columns(VIEWER, Member.id) if signed_in else ()),
        )
        .select_from(Member)
        .outerjoin(Profile, HERE)
        .join(said, true())
        .join(names, true())
        .where(scoped(Member), Member.id == bindparam("member_id"))
    )
