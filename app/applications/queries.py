"""Reading applications: column rows from statements built once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, case, func, literal_column, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.applications.models import Application
from app.categories.models import Skill
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.gigs.models import Gig, GigSkill
from app.profiles.models import MemberSkill, Profile
from tenants.isolation import scoped
from tenants.models import Member

_GIG_ID, _MEMBER_ID = bindparam("gig_id"), bindparam("member_id")
_MOST = 300
_PERSON = (Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count, Member.joined_at)
_HELPER = aliased(Member)

_OF_GIG = (
    select(
        Application.id.label("application_id"),
        Application.state,
        Application.note,
        Application.answers,
        Application.reason,
        Application.created_at,
        Application.state_changed_at,
        Application.deadline_at,
        Member.id,
        *_PERSON,
        Profile.headline,
        Profile.available_minutes,
        Profile.vacation_from,
        Profile.vacation_until,
        Profile.place,
        Profile.remote,
        Profile.languages,
        _HELPER.name.label("helper"),
    )
    .join(Member, and_(Member.tenant_id == Application.tenant_id, Member.id == Application.applicant_id))
    .outerjoin(_HELPER, and_(_HELPER.tenant_id == Application.tenant_id, _HELPER.id == Application.helper_id))
    .outerjoin(Profile, and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id))
    .where(scoped(Application), Application.gig_id == _GIG_ID)
    .order_by(Application.id)
    .limit(_MOST)
)
_NEEDED = select(GigSkill.skill_id).where(
    scoped(GigSkill), GigSkill.gig_id == _GIG_ID, GigSkill.relation == literal_column("'needed'")
)
_SKILLS = (
    select(MemberSkill.member_id, Skill.name, MemberSkill.skill_id.in_(_NEEDED).label("is_needed"))
    .join(Skill, and_(Skill.tenant_id == MemberSkill.tenant_id, Skill.id == MemberSkill.skill_id))
    .where(
        scoped(MemberSkill),
        MemberSkill.relation == literal_column("'held'"),
        MemberSkill.member_id.in_(bindparam("members", expanding=True)),
    )
    .order_by(MemberSkill.member_id, MemberSkill.position)
)
_MINE = (
    select(
        Application.id.label("application_id"),
        Application.state,
        Application.reason,
        Application.created_at,
        Application.state_changed_at,
        Application.deadline_at,
        Gig.id.label("gig_id"),
        Gig.title,
        Gig.direction,
        Gig.settlement,
        Gig.pay_kind,
        Gig.pay_min,
        Gig.pay_max,
        Gig.currency,
        Gig.credits_minutes,
        Gig.effort_span,
        Gig.effort_minutes,
        Member.id,
        *_PERSON,
    )
    .join(Gig, and_(Gig.tenant_id == Application.tenant_id, Gig.id == Application.gig_id))
    .join(Member, and_(Member.tenant_id == Gig.tenant_id, Member.id == Gig.author_id))
    .where(scoped(Application), Application.applicant_id == _MEMBER_ID)
    .order_by(Application.id.desc())
    .limit(_MOST)
)
_WAITING_FOR = (
    select(
        Gig.id.label("gig_id"),
        Gig.title,
        func.count().label("waiting"),
        func.count(case((Application.state == "shortlisted", 1))).label("shortlisted"),
        func.min(Application.created_at).label("since"),
    )
    .join(Gig, and_(Gig.tenant_id == Application.tenant_id, Gig.id == Application.gig_id))
    .where(
        scoped(Application),
        # Of a role in a project its coordinator answers.
        or_(Gig.coordinator_id == _MEMBER_ID, and_(Gig.author_id == _MEMBER_ID, Gig.coordinator_id.is_(None))),
        Application.state.in_(("sent", "shortlisted")),
    )
    .group_by(Gig.tenant_id, Gig.id)
    .order_by(func.min(Application.created_at))
    .limit(_MOST)
)


def application_or_404(application_id: UUID) -> Application:
    """Return an application with its gig.

    :raises NotFound: when this tenant has none of that id.
    """
    found = db.session.scalars(
        select(Application)
        .options(joinedload(Application.gig))
        .where(scoped(Application), Application.id == application_id)
    ).one_or_none()
    if found is None:
        raise NotFound(_("This application is not here."))
    return found


def applications_of(gig_id: UUID) -> Sequence[Row[Any]]:
    """Return everybody who raised a hand for a gig, in the order in which they did, each with what their profile says."""
    return db.session.execute(_OF_GIG, {"gig_id": gig_id}).all()


def held_skills(gig_id: UUID, members: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the skills that members hold: `name`, and `yours` where the gig needs it, those first."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in db.session.execute(_SKILLS, {"gig_id": gig_id, "members": list(members)}):
        found[row.member_id].append({"name": row.name, "yours": row.is_needed})
    return {member: sorted(skills, key=lambda skill: not skill["yours"]) for member, skills in found.items()}


def applications_by(member_id: UUID) -> Sequence[Row[Any]]:
    """Return a member's own applications, the newest first, each with its gig and its author."""
    return db.session.execute(_MINE, {"member_id": member_id}).all()


def gigs_with_hands_raised(member_id: UUID) -> Sequence[Row[Any]]:
    """Return a member's gigs for which somebody waits for an answer: gig_id, title, waiting, shortlisted, since; the longest
    wait first.
    """
    return db.session.execute(_WAITING_FOR, {"member_id": member_id}).all()
