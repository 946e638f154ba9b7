"""What is offered while a member types: words and places that this hall already uses come first."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, func, literal_column, or_, select, text, union_all

from app.categories.models import Skill, SkillName
from app.categories.vocabulary import folded
from app.core.database import db
from app.core.folding import words_in
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.rows import OPEN
from app.profiles.models import MemberSkill, Profile
from tenants.isolation import scoped
from tenants.models import Member

_TYPED: Any = bindparam("typed")
_ACTIVE: Any = text("members.standing = 'active'")


def skills_like(typed: str, how_many: int) -> Sequence[Row[Any]]:
    """Return `name` and `people` (how many members have it) of skills in which a word begins like that, or that are called so
    as well: what begins with it first, then what more people have.
    """
    words = " ".join(words_in(typed))
    return db.session.execute(_SKILLS, {"typed": folded(typed), "words": words, "how_many": how_many}).all()


def places_like(typed: str, how_many: int, viewer: UUID) -> Sequence[str]:
    """Return places of members and of open gigs that a member may see, in which a word begins like that: what is said most
    often first.
    """
    values = {"typed": typed.strip().lower(), "how_many": how_many, "viewer": viewer}
    return db.session.scalars(_PLACES, values).all()


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
        .where(scoped(Skill), or_(begins, _has_word(Skill.slug, "-"), Skill.id.in_(_called())))
        .order_by(begins.desc(), people.desc(), Skill.slug)
        .limit(bindparam("how_many"))
    )


def _called() -> Any:
    # From the first word's beginning to the last text that begins so: a range of the index.
    words: Any = bindparam("words")
    begins = (SkillName.words >= words, SkillName.words < words.concat(func.chr(literal_column("1114111"))))
    return select(SkillName.skill_id).where(scoped(SkillName), words != literal_column("''"), *begins)


def _places() -> Select[Any]:
    here = (
        select(Profile.place)
        .join(Member, and_(Member.tenant_id == Profile.tenant_id, Member.id == Profile.member_id))
        .where(scoped(Profile), Profile.place != literal_column("''"), _ACTIVE)
    )
    work = select(Gig.place).where(scoped(Gig), OPEN, meant_for(signed_in=True), Gig.place != literal_column("''"))
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
