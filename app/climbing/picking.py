"""Who is called at each step: never who was before, who may not see the gig, or who is told of enough gigs this week."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    all_,
    and_,
    bindparam,
    exists,
    literal_column,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from app.applications.models import Application
from app.core import clock
from app.core.database import db
from app.core.whereabouts import Spot, located
from app.gigs.audience import VIEWER, is_apart_from
from app.gigs.models import Gig
from app.matching import people_for
from app.matching.models import Dismissal, MatchingOff
from app.memberships.access import who_lacks
from app.moderation.models.category_ban import is_banned_from
from app.profiles.models import Profile
from app.recruiting.models import not_to_call
from app.recruiting.settings import Patience
from tenants.context import current_tenant
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.offices import in_office

#: So many are told whom it suits best; so many more of whom it suits less, farther around.
BEST, MORE = 12, 48
_NARROW = ("matches", "leaders")
_PLACES = 2_000
_REACH = 50
_WITHOUT: Any = bindparam("without", type_=ARRAY(Uuid()))
_GIG_ID: Any = bindparam("gig_id", type_=Uuid())


def pick(step: str, gig: Gig, patience: Patience, *, now: datetime) -> list[UUID]:
    """Return the members whom a step of a gig's climb calls."""
    # Steps that reach many leave room in a week for what suits a member better.
    often = patience.weekly if step in _NARROW else max(patience.weekly - 1, 1)
    without = not_to_call(gig.id, often, now=now)
    picked = _PICKS[step](gig, without, now)
    shut_out = who_lacks("see", picked, now=now)
    return [one for one in picked if one not in shut_out]


def may_be_asked(gig: Gig, member_id: UUID) -> bool:
    """Whether a gig's author may ask a member: one who takes part, has not raised a hand nor waved it away, with no block
    between the two; and who may see it.
    """
    asked = _run(_SUGGESTABLE.where(Member.id == member_id), gig, ())
    return bool(asked) and not who_lacks("see", asked, now=clock.now())


def _matches(gig: Gig, without: Collection[UUID], now: datetime) -> list[UUID]:
    return [match.id for match in people_for(gig, now=now, most=BEST, without=without)]


def _leaders(gig: Gig, without: Collection[UUID], _now: datetime) -> list[UUID]:
    if gig.category_id is None:
        return []
    leading = (
        select(Role.member_id)
        .where(scoped(Role), Role.role == literal_column("'category_leader'"), Role.category_id == gig.category_id)
        .where(in_office())
    )
    # They look after the field: that they are suggested nothing for themselves is no matter here.
    return _run(_MAY_SEE.where(Member.id.in_(leading)), gig, without)


def _around(gig: Gig, without: Collection[UUID], now: datetime) -> list[UUID]:
    suited = [match.id for match in people_for(gig, now=now, most=BEST + MORE, without=without)]
    return list(dict.fromkeys([*suited, *_neighbours(gig, without)]))


def _everybody(gig: Gig, without: Collection[UUID], _now: datetime) -> list[UUID]:
    return _run(_SUGGESTABLE, gig, without)


_PICKS: dict[str, Callable[[Gig, Collection[UUID], datetime], list[UUID]]] = {
    "matches": _matches,
    "leaders": _leaders,
    "around": _around,
    "everybody": _everybody,
}


def _neighbours(gig: Gig, without: Collection[UUID]) -> list[UUID]:
    """Return who lives within `_REACH` kilometres of a gig and has time."""
    if gig.latitude is None or gig.longitude is None:
        return []
    here = Spot(gig.latitude, gig.longitude)
    theirs = and_(Profile.tenant_id == Member.tenant_id, Profile.member_id == Member.id)
    has_time = or_(Profile.available_minutes.is_(None), Profile.available_minutes > 0)
    places = db.session.scalars(
        select(Profile.place).where(scoped(Profile), Profile.place != "").distinct().limit(_PLACES)
    )
    near = [place for place in places if _is_near(place, here)]
    statement = _SUGGESTABLE.join(Profile, theirs).where(Profile.place.in_(near), has_time)
    return _run(statement, gig, without) if near else []


def _is_near(place: str, here: Spot) -> bool:
    spot = located(place, zone=current_tenant().time_zone)
    return spot is not None and here.kilometres_to(spot) <= _REACH


def _run(statement: Select[Any], gig: Gig, without: Collection[UUID]) -> list[UUID]:
    values = {"viewer": gig.author_id, "gig_id": gig.id, "without": list(without)}
    return list(db.session.scalars(statement, values))


def _not(model: Any, member: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return ~exists().where(model.tenant_id == Member.tenant_id, member == Member.id, *conditions).correlate(Member)


_CATEGORY_ID = select(Gig.category_id).where(scoped(Gig), Gig.id == _GIG_ID).scalar_subquery()
# Every active member may see what is live; whoever is apart from its author may not.
_MAY_SEE = select(Member.id).where(
    scoped(Member),
    text("members.standing = 'active'"),
    Member.id != VIEWER,
    not_(is_apart_from(Member.id)),
    Member.id != all_(_WITHOUT),
    _not(Application, Application.applicant_id, Application.gig_id == _GIG_ID),
    ~is_banned_from(_CATEGORY_ID, Member.id).correlate(Member),
)
_SUGGESTABLE = _MAY_SEE.where(
    _not(MatchingOff, MatchingOff.member_id),
    _not(Dismissal, Dismissal.member_id, Dismissal.gig_id == _GIG_ID),
)
