"""What the pages of moderation read: the log, appeals that wait, the summary."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Row, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.paging import Keyset, Page
from app.moderation.models import Appeal, CategoryBan, Measure
from tenants.context import tenant
from tenants.isolation import scoped
from tenants.models import Member, Role

_Whom, _Back, _Whence = aliased(Member), aliased(Measure), aliased(Category)
_LOG = Keyset(
    select(
        Measure.id.label("measure_id"),
        Measure.kind,
        Measure.rule,
        Measure.why,
        Measure.until,
        Measure.deeds,
        Measure.taken_at,
        Measure.lifts_id,
        Measure.category_id,
        _Whom.id.label("whom_id"),
        _Whom.name.label("whom"),
        Member.name.label("by"),
        Appeal.state.label("appeal"),
        _Back.id.label("lifted_by"),
    )
    .join(_Whom, and_(_Whom.tenant_id == Measure.tenant_id, _Whom.id == Measure.member_id))
    .join(Member, and_(Member.tenant_id == Measure.tenant_id, Member.id == Measure.taken_by))
    .outerjoin(Appeal, and_(Appeal.tenant_id == Measure.tenant_id, Appeal.measure_id == Measure.id))
    .outerjoin(_Back, and_(_Back.tenant_id == Measure.tenant_id, _Back.lifts_id == Measure.id))
    .where(scoped(Measure)),
    by=("measure_id",),
    size=40,
    descending=True,
)
_NOW = bindparam("banned_at", callable_=clock.now, type_=DateTime(timezone=True))
_IN_FORCE = (
    select(CategoryBan.category_id, Category.slug, Category.name, CategoryBan.until)
    .join(Category, and_(Category.tenant_id == CategoryBan.tenant_id, Category.id == CategoryBan.category_id))
    .where(scoped(CategoryBan), CategoryBan.until > _NOW)
    .order_by(CategoryBan.until, CategoryBan.member_id, CategoryBan.category_id)
)
#: What one may be asked about: fewer say who it was.
FEWEST = 3


def log(*, at: str | None) -> Page[Row[Any]]:
    """Return a page of all decisions, the newest first: what, whom, by whom, which rule, why, until when, the appeal's state."""
    return _LOG.page(at)


def waiting_appeals() -> Sequence[Row[Any]]:
    """Return the appeals that wait for an answer, the longest waiting first, with who asks and who decided."""
    decider = aliased(Member)
    return db.session.execute(
        select(Appeal.id, Appeal.measure_id, Appeal.words, Appeal.asked_at, Appeal.decided_by, Appeal.member_id)
        .add_columns(Member.name.label("who"), decider.name.label("decider"), Measure.kind, Measure.rule)
        .add_columns(Measure.category_id)
        .join(Member, and_(Member.tenant_id == Appeal.tenant_id, Member.id == Appeal.member_id))
        .join(decider, and_(decider.tenant_id == Appeal.tenant_id, decider.id == Appeal.decided_by))
        .join(Measure, and_(Measure.tenant_id == Appeal.tenant_id, Measure.id == Appeal.measure_id))
        .where(scoped(Appeal), Appeal.state == "open")
        .order_by(Appeal.id)
        .limit(100)
    ).all()


def others_who_moderate(*but: UUID) -> bool:
    """Whether somebody else than these moderates here."""
    found = (
        select(Role.id)
        .join(Member, and_(Member.tenant_id == Role.tenant_id, Member.id == Role.member_id))
        .where(scoped(Role), Role.role.in_(("leader", "admin", "moderator")), Role.member_id.not_in(but))
        .where(Member.standing == "active")
    )
    return db.session.execute(found.limit(1)).first() is not None


def of_member(member_id: UUID) -> Sequence[Row[tuple[Measure, str | None]]]:
    """Return what was decided about a member, the newest first, each with the name of the category in which it holds."""
    found = (
        select(Measure, Category.name)
        .outerjoin(Category, and_(Category.tenant_id == Measure.tenant_id, Category.id == Measure.category_id))
        .where(scoped(Measure), Measure.member_id == member_id)
        .order_by(Measure.id.desc())
    )
    return db.session.execute(found.limit(50)).all()


def bans_of(member_id: UUID) -> Sequence[Row[Any]]:
    """Return from which categories somebody is kept at this moment: category_id, slug and name of each, and until when."""
    return db.session.execute(_IN_FORCE.where(CategoryBan.member_id == member_id)).all()


def bans_from(category_id: UUID) -> Sequence[Row[Any]]:
    """Return who is kept from a category at this moment: member_id, whom, hue and picture, until when, and the decision."""
    # Also of one that was put together with it since.
    whence = select(_Whence.id).where(scoped(_Whence), or_(_Whence.id == category_id, _Whence.into_id == category_id))
    newest = (
        select(Measure.id)
        .where(scoped(Measure), Measure.member_id == CategoryBan.member_id)
        .where(Measure.category_id.in_(whence), Measure.kind == "limited")
        .where(Measure.until == CategoryBan.until)
        .order_by(Measure.id.desc())
        .limit(1)
        .correlate(CategoryBan)
        .scalar_subquery()
    )
    columns = (_Whom.id.label("member_id"), _Whom.name.label("whom"), _Whom.hue, _Whom.picture)
    return db.session.execute(
        _IN_FORCE.add_columns(*columns, newest.label("measure_id"))
        .join(_Whom, and_(_Whom.tenant_id == CategoryBan.tenant_id, _Whom.id == CategoryBan.member_id))
        .where(CategoryBan.category_id == category_id, _Whom.standing == "active")
        .limit(200)
    ).all()


def reversal_of(measure_id: UUID) -> Measure | None:
    """Return the decision that takes another one back, or None."""
    return db.session.scalars(select(Measure).where(scoped(Measure), Measure.lifts_id == measure_id)).one_or_none()


def summary() -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Return by quarter, the newest first, how often each rule was applied, and how many of these were taken back; a rule by
    which fewer than three decisions were taken stands among the others, whose name is empty.
    """
    local = func.timezone(tenant.time_zone, Measure.taken_at)
    quarter = func.to_char(local, 'YYYY "Q"Q').label("quarter")
    rows = db.session.execute(
        select(quarter, Measure.rule, func.count().label("times"), func.count(_Back.id).label("back"))
        .outerjoin(_Back, and_(_Back.tenant_id == Measure.tenant_id, _Back.lifts_id == Measure.id))
        .where(scoped(Measure), Measure.kind != "lifted")
        .group_by(quarter, Measure.rule)
        .order_by(quarter.desc(), func.count().desc(), Measure.rule)
    ).all()
    found: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        counts = found.setdefault(row.quarter, {}).setdefault(row.rule if row.times >= FEWEST else "", [0, 0])
        counts[0], counts[1] = counts[0] + row.times, counts[1] + row.back
    return [(name, [(rule, counts[0], counts[1]) for rule, counts in rules.items()]) for name, rules in found.items()]
