"""Which gigs may be suggested to a member: few enough to weigh each, found by its skills, its field, its author, its age."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Float,
    Row,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from app.acquaintances.queries import is_known_to, tie_columns
from app.applications.models import Application
from app.categories.models import Category
from app.core.database import db
from app.gigs.audience import VIEWER, meant_for
from app.gigs.models import Gig, GigSkill
from app.gigs.queries.rows import HAS_ROOM, OPEN
from app.matching.models import Dismissal
from app.matching.sides import COUNTED
from app.moderation.models.category_ban import is_banned_from
from app.profiles.models import Profile
from tenants.isolation import scoped
from tenants.models import Member

# Of each way to be found so many at most are weighed.
_BY_SKILL, _BY_OTHERS = 300, 60
_NOW: Any = bindparam("now", type_=DateTime(timezone=True))
_TODAY: Any = bindparam("today", type_=Date())
_GIG_ID: Any = bindparam("gig_id", type_=Uuid())


def offered(name: str = "offered") -> Any:
    """Return the parameter arrays `skills` and `worths` as rows of `skill_id` and `worth`."""
    skills: Any = bindparam("skills", type_=ARRAY(Uuid()))
    worths: Any = bindparam("worths", type_=ARRAY(Float()))
    return func.unnest(skills, worths).table_valued("skill_id", "worth", name=name).render_derived()


def skill_ids(relation: str) -> Any:
    """Return the ids of a gig's skills of a relation, in their order, as one value."""
    return (
        select(func.array_agg(aggregate_order_by(GigSkill.skill_id, GigSkill.position)))
        .where(GigSkill.tenant_id == Gig.tenant_id, GigSkill.gig_id == Gig.id)
        .where(GigSkill.relation == literal_column(f"'{relation}'"))
        .correlate(Gig)
        .scalar_subquery()
    )


_COLUMNS = (
    Gig.id,
    Gig.title,
    Gig.state,
    Gig.author_id,
    Gig.direction,
    Gig.category_id,
    Category.name.label("category"),
    Gig.effort_span,
    Gig.effort_minutes,
    Gig.starts_on,
    Gig.ends_on,
    Gig.due_on,
    Gig.remote,
    Gig.place,
    Gig.published_at,
    Gig.expires_at,
    cast(HAS_ROOM, Boolean).label("has_room"),
    Member.name.label("author"),
    Member.joined_at.label("author_joined_at"),
    Member.finished_count.label("author_finished"),
    Profile.languages,
    skill_ids("needed").label("needed"),
    skill_ids("gained").label("gained"),
)


def one_gig(gig_id: UUID) -> Row[Any] | None:
    """Return a gig as it is weighed, whoever may see it."""
    return db.session.execute(_ONE, {"gig_id": gig_id}).one_or_none()


def gigs_around(
    member_id: UUID,
    worths: Mapping[UUID, float],
    fields: Sequence[UUID],
    *,
    now: datetime,
    today: date,
) -> Sequence[Row[Any]]:
    """Return the gigs to weigh for a member: open, with room, of others, that they may see, have not applied to and have not
    waved away. Those whose skills are worth most, and the newest: of all, of the `fields`, of people whom they know.
    """
    values = {"viewer": member_id, "now": now, "today": today, "fields": list(fields)}
    lists = {"skills": list(worths), "worths": list(worths.values())}
    return db.session.execute(_AROUND, {**values, **lists}).all()


def gig_for(member_id: UUID, gig_id: UUID, *, now: datetime, today: date) -> Row[Any] | None:
    """Return one gig if it may be suggested to a member, as `gigs_around` would."""
    values = {"viewer": member_id, "gig_id": gig_id, "now": now, "today": today}
    return db.session.execute(_ONE_FOR, values).one_or_none()


def _joined(columns: Select[Any]) -> Select[Any]:
    return (
        columns.select_from(Gig)
        .join(Member, and_(Member.tenant_id == Gig.tenant_id, Member.id == Gig.author_id))
        .outerjoin(Profile, and_(Profile.tenant_id == Gig.tenant_id, Profile.member_id == Gig.author_id))
        .outerjoin(Category, and_(Category.tenant_id == Gig.tenant_id, Category.id == Gig.category_id))
        .where(scoped(Gig))
    )


def _suggestable() -> tuple[ColumnElement[bool], ...]:
    """Return what makes a gig one that `VIEWER` may be told of at all."""
    return (
        OPEN,
        meant_for(signed_in=True),
        Gig.author_id != VIEWER,
        HAS_ROOM,
        ~is_banned_from(Gig.category_id, VIEWER).correlate(Gig),
        or_(Gig.expires_at.is_(None), Gig.expires_at > _NOW),
        or_(Gig.due_on.is_(None), Gig.due_on >= _TODAY),
        ~exists()
        .where(Application.tenant_id == Gig.tenant_id, Application.gig_id == Gig.id, Application.applicant_id == VIEWER)
        .correlate(Gig),
        ~exists()
        .where(Dismissal.tenant_id == Gig.tenant_id, Dismissal.gig_id == Gig.id, Dismissal.member_id == VIEWER)
        .correlate(Gig),
    )


def _by_skill() -> Select[Any]:
    said = offered()
    # The newest uses of each skill: ids are made in the order of time.
    uses = (
        select(GigSkill.gig_id)
        .where(scoped(GigSkill), GigSkill.skill_id == said.c.skill_id)
        .order_by(GigSkill.gig_id.desc())
        .limit(COUNTED)
        .correlate(said)
        .lateral("uses")
    )
    rough = (
        select(uses.c.gig_id, func.sum(said.c.worth).label("worth"))
        .select_from(said.join(uses, true()))
        .group_by(uses.c.gig_id)
        .subquery("rough")
    )
    return (
        select(Gig.id)
        .join(rough, rough.c.gig_id == Gig.id)
        .where(scoped(Gig), *_suggestable())
        .order_by(rough.c.worth.desc(), Gig.id.desc())
        .limit(_BY_SKILL)
    )


def _newest(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Gig.id)
        .where(scoped(Gig), *_suggestable(), *conditions)
        .order_by(Gig.published_at.desc(), Gig.id.desc())
        .limit(_BY_OTHERS)
    )


def _around() -> Select[Any]:
    fields: Any = bindparam("fields", type_=ARRAY(Uuid()))
    ways = (
        _by_skill(),
        _newest(Gig.category_id == any_(fields)),
        _newest(is_known_to(VIEWER, Gig.author_id)),
        _newest(),
    )
    chosen: CTE = union(*(select(way.subquery()) for way in ways)).cte("chosen")
    return _FOR_VIEWER.join(chosen, chosen.c.id == Gig.id)


_FOR_VIEWER = _joined(select(*_COLUMNS, *tie_columns(VIEWER, Gig.author_id)))
_ONE = _joined(select(*_COLUMNS)).where(Gig.id == _GIG_ID)
_ONE_FOR = _FOR_VIEWER.where(Gig.id == _GIG_ID, *_suggestable())
_AROUND = _around()
