"""What the pages of one's own profile read: one column row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, func, select, true
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.categories.models import Skill
from app.core.database import db
from app.profiles.models import MemberSkill, PortfolioItem, Profile
from tenants.isolation import scoped
from tenants.models import Member

_NAMES = func.array_agg(aggregate_order_by(Skill.name, MemberSkill.position))
_SKILLS = (
    select(
        *(
            _NAMES.filter(MemberSkill.relation == relation).label(relation)
            for relation in ("held", "wanted", "interest")
        )
    )
    .select_from(MemberSkill)
    .join(Skill, and_(Skill.tenant_id == MemberSkill.tenant_id, Skill.id == MemberSkill.skill_id))
    .where(MemberSkill.tenant_id == Member.tenant_id, MemberSkill.member_id == Member.id)
    .correlate(Member)
    .lateral()
)
_PIECES = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_object("title", PortfolioItem.title, "picture", PortfolioItem.picture),
                PortfolioItem.position,
                PortfolioItem.id,
            )
        )
    )
    .where(PortfolioItem.tenant_id == Member.tenant_id, PortfolioItem.member_id == Member.id)
    .correlate(Member)
    .scalar_subquery()
)
_OWN = (
    select(
        Member.name,
        Member.hue,
        Member.picture,
        Member.time_zone,
        Member.locale,
        Profile.headline,
        Profile.story,
        Profile.offers,
        Profile.department,
        Profile.available_minutes,
        Profile.availability_confirmed_on,
        Profile.vacation_from,
        Profile.vacation_until,
        Profile.place,
        func.coalesce(Profile.remote, true()).label("remote"),
        Profile.languages,
        Profile.links,
        func.coalesce(Profile.contact, "messages").label("contact"),
        Profile.contact_details,
        _SKILLS.c.held,
        _SKILLS.c.wanted,
        _SKILLS.c.interest,
        _PIECES.label("pieces"),
    )
    .select_from(Member)
    .outerjoin(Profile, and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id))
    .join(_SKILLS, true())
    .where(scoped(Member), Member.id == bindparam("member_id"))
)


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """A member's profile as they see it themselves; what was never said is None in `row`."""

    row: Row[Any]

    @property
    def held(self) -> Sequence[str]:
        return self.row.held or []

    @property
    def wanted(self) -> Sequence[str]:
        return self.row.wanted or []

    @property
    def interest(self) -> Sequence[str]:
        return self.row.interest or []

    def columns(self, *names: str) -> dict[str, Any]:
        """Return some columns by their names."""
        return {name: getattr(self.row, name) for name in names}


def own_profile(member_id: UUID) -> OwnProfile:
    """Return a member's own profile, empty where nothing was said yet."""
    return OwnProfile(db.session.execute(_OWN, {"member_id": member_id}).one())
