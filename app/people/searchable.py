"""What the search is told of people: active members, by their names, the skills they have, their own words and place."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, any_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.categories.models import Skill
from app.core.database import db
from app.people.queries import ACTIVE, HERE
from app.profiles.models import MemberSkill, Profile
from app.search.sources import Entry, Source, Telling
from tenants.isolation import scoped
from tenants.models import Member

KIND = "member"
_HELD: Any = text("member_skills.relation = 'held'")
_SKILLS = (
    select(func.string_agg(Skill.name, ", "))
    .select_from(MemberSkill)
    .join(Skill, and_(Skill.tenant_id == MemberSkill.tenant_id, Skill.id == MemberSkill.skill_id))
    .where(MemberSkill.tenant_id == Member.tenant_id, MemberSkill.member_id == Member.id, _HELD)
    .correlate(Member)
    .scalar_subquery()
)
_READ = (
    select(
        Member.id,
        Member.joined_at,
        Member.name,
        _SKILLS.label("skills"),
        Profile.headline,
        Profile.place,
        Profile.department,
        Profile.offers,
        Profile.story,
    )
    .outerjoin(Profile, HERE)
    .where(scoped(Member), ACTIVE, Member.id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
)


def _read(ids: Sequence[UUID]) -> Sequence[Entry]:
    return [
        Entry(
            row.id,
            row.joined_at,
            has_room=True,
            # The directory is open to whoever may see the marketplace.
            for_visitors=True,
            name=row.name,
            skills=row.skills or "",
            summary=" ".join((row.headline or "", row.place or "", row.department or "")),
            prose=" ".join((row.offers or "", row.story or "")),
        )
        for row in db.session.execute(_READ, {"ids": list(ids)})
    ]


def _after(last: UUID | None, how_many: int) -> Sequence[UUID]:
    every = select(Member.id).where(scoped(Member)).order_by(Member.id).limit(how_many)
    return db.session.scalars(every if last is None else every.where(Member.id > last)).all()


def _of_skills(ids: Iterable[UUID]) -> Select[Any]:
    return select(MemberSkill.member_id).where(scoped(MemberSkill), MemberSkill.skill_id.in_(list(ids)), _HELD)


PEOPLE = Source(
    KIND,
    _read,
    _after,
    {
        Member: Telling(columns=frozenset({"name", "standing", "joined_at"})),
        Profile: Telling(
            subject="member_id", columns=frozenset({"headline", "place", "department", "offers", "story"})
        ),
        MemberSkill: Telling(subject="member_id"),
        Skill: Telling(columns=frozenset({"name"}), reach=_of_skills),
    },
)
