"""What is offered while a member types: words and places that this hall already uses come first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, literal_column, or_, select, text, union_all

from app.categories.models import Skill
from app.categories.vocabulary import folded
from app.core.database import db
from app.gigs.models import Gig
from app.gigs.queries.rows import OPEN
from app.profiles.models import MemberSkill, Profile
from tenants.isolation import scoped
from tenants.models import Member

_TYPED: Any = bindparam("typed")
_ACTIVE: Any = text("members.standing = 'active'")


def skills_like(typed: str, how_many: int) -> Sequence[Row[Any]]:
    """Return `name` and `people` (how many members have it) of skills in which a word begins like that: what begins with it
    first, then what more people have.
    """
    return db.session.execute(_SKILLS, {"typed": folded(typed), "how_many": how_many}).all()


def places_like(typed: str, how_many: int) -> Sequence[str]:
    """Return places of members and open gigs, in which a word begins like that: what is said most often first."""
    return db.session.scalars(_PLACES, {"typed": typed.strip().lower(), "how_many": how_many}).all()


def _skills() -> Select[Any]:
    held = (
        select(MemberSkill.skill_id, func.count().label("people"))
        .join(Member, and_(Member.tenant_id == MemberSkill.tenant_id, Member.id == MemberSkill.member_id))
        .where(scoped(MemberSkill), text("member_skills.relation = 'held'"), _ACTIVE)
        .group_by(MemberSkill.skill_id)
        .subquery()
    )
    begins = func.starts_with(Skill.slug, _TYPED)
    people = func.coalesce(held.c.people, 0)
    return (
        select(Skill.name, people.label("people"))
        .outerjoin(held, held.c.skill_id == Skill.id)
        .where(scoped(Skill), or_(begins, _has_word(Skill.slug, "-")))
        .order_by(begins.desc(), people.desc(), Skill.slug)
        .limit(bindparam("how_many"))
    )


def _places() -> Select[Any]:
    here = (
        select(Profile.place)
        .join(Member, and_(Member.tenant_id == Profile.tenant_id, Member.id == Profile.member_id))
        .where(scoped(Profile), Profile.place != literal_column("''"), _ACTIVE)
    )
    work = select(Gig.place).where(scoped(Gig), OPEN, Gig.place != literal_column("''"))
    said = union_all(here, work).subquery()
    lower = func.lower(said.c.place)
    return (
        select(said.c.place)
        .where(or_(func.starts_with(lower, _TYPED), _has_word(lower, " ")))
        .group_by(said.c.place)
        .order_by(func.count().desc(), said.c.place)
        .limit(bindparam("how_many"))
    )


def _has_word(column: Any, space: str) -> Any:
    return func.strpos(column, literal_column(f"'{space}'").concat(_TYPED)) > 0


_SKILLS, _PLACES = _skills(), _places()
