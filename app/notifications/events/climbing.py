"""Who is told of a gig so that they might take it: asked by its author, or by a step of its climb."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.languages import lazy_gettext as _l
from app.gigs.models import Gig
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import named
from app.recruiting.models import Call
from app.recruiting.needing import still_climbs, takes_people
from tenants.context import current_tenant_id
from tenants.isolation import scoped


def _called(step: str) -> Callable[[Fact], set[UUID]]:
    def tells(fact: Fact) -> set[UUID]:
        called = select(Call.member_id).where(scoped(Call), Call.gig_id == fact.subject, Call.step == step)
        return set(db.session.scalars(called))

    return tells


def _climbs_on(fact: Fact) -> bool:
    # Between the step and its telling somebody may have stopped it.
    return still_climbs(db.session.get(Gig, (current_tenant_id(), fact.subject)), now=clock.now())


def _wanted_still(_: Any, gig: Gig) -> bool:
    return still_climbs(gig, now=clock.now())


def _takes_people(_: Any, gig: Gig) -> bool:
    return takes_people(gig, now=clock.now())


EVENTS = (
    Event(
        kind="gig", verb="ask", topic="calls", tells=named("member_id"),
        title=_l("asks whether “{title}” is for you"),
        detail=_l("Have a look, and raise your hand if it is."),
        place="gig", action=_l("See the gig"), holds=_takes_people,
    ),
    Event(
        kind="climb", verb="call_matches", topic="calls", tells=_called("matches"), when=_climbs_on,
        alone=_l("“{title}” looks for somebody like you"),
        detail=_l("It suits what you said of yourself, and nobody has raised a hand for it yet."),
        place="gig", action=_l("See the gig"), holds=_wanted_still,
    ),
    Event(
        kind="climb", verb="call_leaders", topic="calls", tells=_called("leaders"), when=_climbs_on,
        alone=_l("“{title}”, in the field that you lead, has found nobody yet"),
        detail=_l("You may know who it is for, or how to put it better."),
        place="gig", action=_l("See the gig"), holds=_wanted_still,
    ),
    Event(
        kind="climb", verb="call_around", topic="calls", tells=_called("around"), when=_climbs_on,
        alone=_l("“{title}” still looks for somebody"),
        detail=_l("It is near you, or near what you do."),
        place="gig", action=_l("See the gig"), holds=_wanted_still,
    ),
    Event(
        kind="climb", verb="call_everybody", topic="calls", tells=_called("everybody"), when=_climbs_on,
        alone=_l("“{title}” has been looking for a while"),
        detail=_l("It may be for you, or for somebody you know."),
        place="gig", action=_l("See the gig"), holds=_wanted_still,
    ),
)  # fmt: skip
