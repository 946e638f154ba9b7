"""Which members may be suggested for a gig: few enough to weigh each, found by their skills, their work here, their newness."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Row,
    Select,
    Uuid,
    all_,
    and_,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.acquaintances.queries import is_known_to, tie_columns
from app.agreements.models import Agreement
from app.applications.models import Application
from app.core.database import db
from app.endorsements.queries import endorsed_among
from app.gigs.audience import VIEWER, is_apart_from
from app.gigs.models import Gig, GigSkill
from app.matching.gig_candidates import offered
from app.matching.models import Dismissal, MatchingOff
from app.matching.sides import COUNTED
from app.moderation.models.category_ban import is_banned_from
from app.profiles.models import MemberSkill, Profile
from tenants.isolation import scoped
from tenants.models import Member

_BY_SKILL, _BY_OTHERS = 300, 60
_ACTIVE: Any = text("members.standing = 'active'")
_GIG_ID: Any = bindparam("gig_id", type_=Uuid())
_CATEGORY_ID: Any = bindparam("category_id", type_=Uuid())
_DAY: Any = bindparam("day", type_=Date())
_RELEVANT: Any = bindparam("skills", type_=ARRAY(Uuid()))
_WITHOUT: Any = bindparam("without", type_=ARRAY(Uuid()))
_FINISHED = Agreement.state.in_((literal_column("'accepted'"), literal_column("'reviewed'")))


def people_around(
    gig_id: UUID,
    author_id: UUID,
    worths: Mapping[UUID, float],
    category_id: UUID | None,
    *,
    day: date,
    without: Collection[UUID] = (),
) -> Sequence[Row[Any]]:
    """Return the members to weigh for a gig: active ones who take part in matching, have time, are not away on its first
    `day`, are kept apart from its author by no block, have not raised a hand and have not waved it away. Those whose skills
    are worth most, those who finished work in its category, and the newest.
    """
    values = {"viewer": author_id, "gig_id": gig_id, "category_id": category_id, "day": day, "without": list(without)}
    lists = {"skills": list(worths), "worths": list(worths.values())}
    return db.session.execute(_AROUND, {**values, **lists}).all()


def _suggestable() -> tuple[ColumnElement[bool], ...]:
    """Return what makes a member one whom the author of a gig (`VIEWER`) may be told of for it."""
    of_member = (MatchingOff.tenant_id == Member.tenant_id, MatchingOff.member_id == Member.id)
    raised = (Application.tenant_id == Member.tenant_id, Application.applicant_id == Member.id)
    waved = (Dismissal.tenant_id == Member.tenant_id, Dismissal.member_id == Member.id)
    profile = (Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id)
    is_away = and_(Profile.vacation_until >= _DAY, func.coalesce(Profile.vacation_from, _DAY) <= _DAY)
    return (
        _ACTIVE,
        Member.id != VIEWER,
        not_(is_apart_from(Member.id)),
        Member.id != all_(_WITHOUT),
        ~exists().where(*of_member).correlate(Member),
        ~is_banned_from(_CATEGORY_ID, Member.id).correlate(Member),
        ~exists().where(*raised, Application.gig_id == _GIG_ID).correlate(Member),
        ~exists().where(*waved, Dismissal.gig_id == _GIG_ID).correlate(Member),
        ~exists().where(*profile, or_(Profile.available_minutes == 0, is_away)).correlate(Member),
    )


def _by_skill() -> Select[Any]:
    said = offered()
    have = (
        select(MemberSkill.member_id)
        .where(scoped(MemberSkill), MemberSkill.skill_id == said.c.skill_id)
        .order_by(MemberSkill.member_id.desc())
        .limit(4 * COUNTED)
        .correlate(said)
        .lateral("have")
    )
    rough = (
        select(have.c.member_id, func.sum(said.c.worth).label("worth"))
        .select_from(said.join(have, true()))
        .group_by(have.c.member_id)
        .subquery("rough")
    )
    return (
        select(Member.id)
        .join(rough, rough.c.member_id == Member.id)
        .where(scoped(Member), *_suggestable())
        .order_by(rough.c.worth.desc(), Member.id.desc())
        .limit(_BY_SKILL)
    )


def _by_work() -> Select[Any]:
    done = (
        select(Agreement.worker_id)
        .join(Gig, and_(Gig.tenant_id == Agreement.tenant_id, Gig.id == Agreement.gig_id))
        .where(scoped(Agreement), _FINISHED, Gig.category_id == _CATEGORY_ID)
        .order_by(Agreement.id.desc())
        .limit(COUNTED)
        .subquery("done")
    )
    workers = select(done.c.worker_id).distinct()
    return select(Member.id).where(scoped(Member), *_suggestable(), Member.id.in_(workers)).limit(_BY_OTHERS)


def _newest(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Member.id)
        .where(scoped(Member), *_suggestable(), *conditions)
        .order_by(Member.joined_at.desc(), Member.id.desc())
        .limit(_BY_OTHERS)
    )


def _relevant(relation: str) -> Any:
    """Return those of a member's skills that concern the gig, as one value."""
    return (
        select(func.array_agg(MemberSkill.skill_id))
        .where(MemberSkill.tenant_id == Member.tenant_id, MemberSkill.member_id == Member.id)
        .where(MemberSkill.relation == literal_column(f"'{relation}'"), MemberSkill.skill_id == any_(_RELEVANT))
        .correlate(Member)
        .scalar_subquery()
    )


def _shown() -> Any:
    """Return the ids of skills that concern the gig as often as a member finished work here that needed them."""
    return (
        select(func.array_agg(GigSkill.skill_id))
        .select_from(Agreement)
        .join(GigSkill, and_(GigSkill.tenant_id == Agreement.tenant_id, GigSkill.gig_id == Agreement.gig_id))
        .where(Agreement.tenant_id == Member.tenant_id, Agreement.worker_id == Member.id, _FINISHED)
        .where(GigSkill.relation == literal_column("'needed'"), GigSkill.skill_id == any_(_RELEVANT))
        .correlate(Member)
        .scalar_subquery()
    )


def _done() -> Any:
    """Return how often a member finished work in the gig's category."""
    return (
        select(func.count())
        .select_from(Agreement)
        .join(Gig, and_(Gig.tenant_id == Agreement.tenant_id, Gig.id == Agreement.gig_id))
        .where(Agreement.tenant_id == Member.tenant_id, Agreement.worker_id == Member.id, _FINISHED)
        .where(Gig.category_id == _CATEGORY_ID)
        .correlate(Member)
        .scalar_subquery()
    )


def _around() -> Select[Any]:
    ways = (_by_skill(), _by_work(), _newest(is_known_to(VIEWER, Member.id)), _newest())
    chosen: CTE = union(*(select(way.subquery()) for way in ways)).cte("chosen")
    return (
        select(
            Member.id,
            Member.joined_at,
            Member.finished_count,
            Profile.available_minutes,
            Profile.availability_confirmed_on,
            Profile.vacation_from,
            Profile.vacation_until,
            Profile.place,
            Profile.remote,
            Profile.languages,
            _relevant("held").label("held"),
            _relevant("wanted").label("wanted"),
            _relevant("interest").label("interest"),
            _shown().label("shown"),
            endorsed_among(_RELEVANT).label("endorsed"),
            _done().label("done"),
            *tie_columns(VIEWER, Member.id),
        )
        .select_from(Member)
        .join(chosen, chosen.c.id == Member.id)
        .outerjoin(Profile, and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id))
        .where(scoped(Member))
    )


_AROUND = _around()
