"""What pages about the bench read: column rows, from statements built once."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, exists, func, literal_column, select

from app.categories.models import Category, Skill
from app.core.database import db
from app.core.reading import Reading
from app.experts.failures import NoSuchVetting
from app.experts.models import Expertise, Paper, Question, Vetting
from app.profiles.people import Person, as_person
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

MOST = 100
_PERSON = (Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count)
_SKILL = and_(Skill.tenant_id == Expertise.tenant_id, Skill.id == Expertise.skill_id)
_ASKED_SKILL = and_(Skill.tenant_id == Vetting.tenant_id, Skill.id == Vetting.skill_id)
# Being vetted and the office go together: where leaders ended the office, nothing of it is shown.
_IN_OFFICE = exists().where(
    Role.tenant_id == Expertise.tenant_id,
    Role.member_id == Expertise.member_id,
    Role.category_id == Expertise.category_id,
    Role.role == literal_column("'expert'"),
    in_office(),
)
_HAS_ANSWERED = (
    select(func.count())
    .select_from(Question)
    .where(
        Question.tenant_id == Expertise.tenant_id,
        Question.answered_by == Expertise.member_id,
        Question.category_id == Expertise.category_id,
    )
    .correlate(Expertise)
)
_HELD = (
    select(
        Expertise.level,
        Expertise.evidence,
        Expertise.valid_until,
        Expertise.vetting_id,
        Skill.name.label("skill"),
        Category.name.label("category"),
        Category.slug,
        _HAS_ANSWERED.scalar_subquery().label("answered"),
        _HAS_ANSWERED.where(Question.has_helped).scalar_subquery().label("helped"),
        *_PERSON,
    )
    .join(Category, and_(Category.tenant_id == Expertise.tenant_id, Category.id == Expertise.category_id))
    .join(Member, and_(Member.tenant_id == Expertise.tenant_id, Member.id == Expertise.member_id))
    .outerjoin(Skill, _SKILL)
    .where(scoped(Expertise), Expertise.ended_at.is_(None), _IN_OFFICE)
    .where(Member.standing == literal_column("'active'"))
)
_OF_CATEGORY = _HELD.where(Expertise.category_id == bindparam("category_id")).order_by(
    Member.name, Member.id, Skill.name.nulls_first()
)
_OF_MEMBER = Reading(
    _HELD.where(Expertise.member_id == bindparam("member_id"))
    .order_by(Category.position, Category.id, Skill.name.nulls_first())
    .limit(literal_column("20"))
)
_REQUESTS = (
    select(
        Vetting.id.label("vetting_id"),
        Vetting.state,
        Vetting.level,
        Vetting.asked_at,
        Vetting.deadline_at,
        Skill.name.label("skill"),
        *_PERSON,
    )
    .join(Member, and_(Member.tenant_id == Vetting.tenant_id, Member.id == Vetting.member_id))
    .outerjoin(Skill, _ASKED_SKILL)
    .where(scoped(Vetting), Vetting.category_id == bindparam("category_id"))
)
_WAITING = _REQUESTS.where(Vetting.state.in_(("open", "tied"))).order_by(Vetting.asked_at, Vetting.id).limit(MOST)
_OWN = (
    _REQUESTS.where(Vetting.member_id == bindparam("member_id"))
    .order_by(Vetting.asked_at.desc(), Vetting.id.desc())
    .limit(20)
)


class Request(NamedTuple):
    """One request in a list, with whoever made it."""

    id: UUID
    person: Person
    state: str
    level: str
    skill: str | None
    asked_at: Any
    deadline_at: Any


def vetting_or_404(vetting_id: UUID) -> Vetting:
    """Return a request to be vetted.

    :raises NoSuchVetting: when this tenant has none of that id.
    """
    vetting = db.session.get(Vetting, (current_tenant_id(), vetting_id))
    if vetting is None:
        raise NoSuchVetting
    return vetting


def papers_of(vetting_id: UUID) -> list[Paper]:
    """Return the files that came with a request, in their order."""
    return list(
        db.session.scalars(select(Paper).where(scoped(Paper), Paper.vetting_id == vetting_id).order_by(Paper.id))
    )


def bench_of(category_id: UUID) -> list[tuple[Person, Sequence[Row[Any]]]]:
    """Return who is vetted in a category, by name, each with what for: level, evidence, valid_until, skill,
    answered (how many questions there), helped (how many of these answers did).
    """
    benched: dict[UUID, tuple[Person, list[Row[Any]]]] = {}
    for row in db.session.execute(_OF_CATEGORY, {"category_id": category_id}):
        benched.setdefault(row.id, (as_person(row), []))[1].append(row)
    return list(benched.values())


def vetted_for(member_id: UUID) -> list[Any]:
    """Return what a member is vetted for: category, slug, skill, level, evidence, valid_until, answered, helped."""
    return _OF_MEMBER.rows(member_id=member_id)


def waiting_in(category_id: UUID) -> list[Request]:
    """Return the requests in a category that wait for somebody, the oldest first."""
    return [_request(row) for row in db.session.execute(_WAITING, {"category_id": category_id})]


def own_requests(category_id: UUID, member_id: UUID) -> list[Request]:
    """Return what a member asked in a category, the newest first."""
    return [_request(row) for row in db.session.execute(_OWN, {"category_id": category_id, "member_id": member_id})]


def _request(row: Any) -> Request:
    return Request(row.vetting_id, as_person(row), row.state, row.level, row.skill, row.asked_at, row.deadline_at)
