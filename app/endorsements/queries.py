"""Reading who has seen which skills in whom."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, func, literal_column, select, text

from app.agreements.models import Agreement
from app.categories.models import Skill
from app.core.database import db
from app.endorsements.models import Endorsement
from app.profiles.models import MemberSkill
from app.profiles.people import Person, as_person
from tenants.isolation import scoped
from tenants.models import Member

_PERSON = (Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count)
_IS_COUNTED = (Endorsement.state == literal_column("'shown'"), text("endorsers.standing = 'active'"))
_ENDORSERS = Member.__table__.alias("endorsers")


def _counted() -> Any:
    """Return a count of endorsements that everybody may see, of members who are here."""
    return (
        select(func.count())
        .select_from(Endorsement)
        .join(
            _ENDORSERS,
            and_(_ENDORSERS.c.tenant_id == Endorsement.tenant_id, _ENDORSERS.c.id == Endorsement.author_id),
        )
        .where(*_IS_COUNTED)
    )


#: By how many a member's skill is endorsed, as a column of the statement that reads their skills.
TIMES_ENDORSED: Any = (
    _counted()
    .where(
        Endorsement.tenant_id == MemberSkill.tenant_id,
        Endorsement.subject_id == MemberSkill.member_id,
        Endorsement.skill_id == MemberSkill.skill_id,
    )
    .correlate(MemberSkill)
    .scalar_subquery()
)


def endorsed_among(skill_ids: Any) -> Any:
    """Return the ids of some skills (an array) as often as a member is endorsed for each, as one value beside `Member`."""
    return (
        _counted()
        .with_only_columns(func.array_agg(Endorsement.skill_id))
        .where(Endorsement.tenant_id == Member.tenant_id, Endorsement.subject_id == Member.id)
        .where(Endorsement.skill_id == func.any(skill_ids))
        .correlate(Member)
        .scalar_subquery()
    )


class Endorsed(NamedTuple):
    """One skill that one person has seen in another."""

    id: UUID
    skill: str
    state: str
    title: str


class FromOne(NamedTuple):
    """What one person says of somebody's skills, or is said of by them."""

    person: Person
    skills: list[Endorsed]

    @property
    def waits(self) -> bool:
        return any(one.state == "offered" for one in self.skills)


def _with(person: Any, condition: Any) -> Any:
    return (
        select(
            Endorsement.id.label("endorsement_id"),
            Endorsement.state,
            Skill.name.label("skill"),
            Agreement.title,
            *_PERSON,
        )
        .join(Member, and_(Member.tenant_id == Endorsement.tenant_id, Member.id == person))
        .join(Skill, and_(Skill.tenant_id == Endorsement.tenant_id, Skill.id == Endorsement.skill_id))
        .join(Agreement, and_(Agreement.tenant_id == Endorsement.tenant_id, Agreement.id == Endorsement.agreement_id))
        .where(scoped(Endorsement), condition, text("members.standing = 'active'"))
        .order_by(Endorsement.written_at.desc(), Endorsement.id)
        .limit(200)
    )


_MEMBER: Any = bindparam("member_id", type_=Uuid())
_ABOUT = _with(Endorsement.author_id, Endorsement.subject_id == _MEMBER)


def said_about(member_id: UUID) -> list[FromOne]:
    """Return what others have seen in a member, for themselves: by each person, the newest first."""
    found: dict[UUID, FromOne] = {}
    for row in db.session.execute(_ABOUT, {"member_id": member_id}):
        one = found.setdefault(row.id, FromOne(as_person(row), []))
        one.skills.append(Endorsed(row.endorsement_id, row.skill, row.state, row.title))
    return list(found.values())
