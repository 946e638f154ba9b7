"""What a marketplace's front page reads: column rows, from statements built once."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Row, Select, and_, bindparam, cast, func, null, select, text

from app.agreements.models import Agreement
from app.applications.models import Application
from app.core.database import db
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.rows import OPEN, viewer_of
from app.profiles.models import Profile
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Tenant

_ACTIVE = text("members.standing = 'active'")
_NEWEST = (
    select(Member.id, Member.name, Member.hue, Member.picture, Profile.headline, Profile.place)
    .outerjoin(Profile, and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id))
    .where(scoped(Member), _ACTIVE)
    .order_by(Member.joined_at.desc(), Member.id.desc())
    .limit(bindparam("how_many"))
)


def front(viewer: Actor | None) -> Row[Any]:
    """Return the figures and words of a front page: `people`, `open_gigs` (those that the viewer may see), `finished` (pieces
    of work brought to their end), `welcome`, `checklist_dismissed_at`, and for a member `waiting`: how many answers of
    theirs others wait for.
    """
    return db.session.execute(_front(viewer is not None), {"tenant_id": current_tenant_id(), **viewer_of(viewer)}).one()


def newest_members(how_many: int = 6) -> list[Row[Any]]:
    """Return the newest members: id, name, hue, picture, headline, place."""
    return list(db.session.execute(_NEWEST, {"how_many": how_many}))


@cache
def _front(signed_in: bool) -> Select[Any]:
    people = select(func.count()).select_from(Member).where(scoped(Member), _ACTIVE)
    gigs = select(func.count()).select_from(Gig).where(scoped(Gig), OPEN, meant_for(signed_in=signed_in))
    # Both sides of an agreement count it, and whoever left still does.
    finished = select(cast(func.coalesce(func.sum(Member.finished_count), 0) / 2, BigInteger)).where(scoped(Member))
    return select(
        Tenant.welcome,
        Tenant.checklist_dismissed_at,
        people.scalar_subquery().label("people"),
        gigs.scalar_subquery().label("open_gigs"),
        finished.scalar_subquery().label("finished"),
        (_waiting() if signed_in else null()).label("waiting"),
    ).where(Tenant.id == bindparam("tenant_id"))


def _waiting() -> Any:
    viewer = bindparam("viewer", type_=Member.id.type)
    hands = (
        select(func.count(func.distinct(Application.gig_id)))
        .select_from(Application)
        .join(Gig, and_(Gig.tenant_id == Application.tenant_id, Gig.id == Application.gig_id))
        .where(scoped(Application), Application.state.in_(("sent", "shortlisted")), Gig.author_id == viewer)
    )
    turns = (
        select(func.count())
        .select_from(Agreement)
        .where(
            scoped(Agreement),
            Agreement.asked_id == viewer,
            Agreement.state.in_(("proposed", "countered", "delivered", "changes_requested")),
        )
    )
    return hands.scalar_subquery() + turns.scalar_subquery()


_AVAILABILITY = select(
    Profile.headline,
    Profile.available_minutes,
    Profile.availability_confirmed_on,
    Profile.vacation_from,
    Profile.vacation_until,
).where(scoped(Profile), Profile.member_id == bindparam("member_id"))


def own_availability(member_id: UUID) -> Row[Any] | None:
    """Return what a member last said of their time, and their headline; None while they have said nothing at all."""
    return db.session.execute(_AVAILABILITY, {"member_id": member_id}).one_or_none()
