"""Nobody is left unanswered: what is still open when a gig ends is answered at once, together and with words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.applications.models import Application
from app.core import clock
from app.core.database import db
from app.core.languages import lazy_gettext as _l
from app.gigs.models import Gig
from app.gigs.models.listeners import when_moved
from tenants.context import Actor
from tenants.isolation import scoped

#: The author's ways to say no; each can be sent as it stands.
KIND_REASONS = (
    _l("Somebody else's experience fits this one more closely."),
    _l("The dates don't work out this time."),
    _l("The place doesn't work out this time."),
    _l("This one needs other skills than I first thought."),
    _l("My plans have changed; it has nothing to do with you."),
)

_UNANSWERED = ("sent", "shortlisted")
_OPEN = (*_UNANSWERED, "offered")
_WORDS = {
    "fill": _l("The last place has been taken. Thank you for raising your hand."),
    "close": _l("The gig was closed"),
    "expire": _l("The gig's time ran out before there was an answer."),
    "remove": _l("The gig was taken down."),
}


def why_it_ended(verb: str, why: str) -> str | None:
    """Return what people who wait are told when a gig does `verb`, or None when it goes on."""
    if verb == "close" and why:
        return f"{_WORDS['close']}: {why}"
    return _WORDS.get(verb)


@when_moved
def answer_everybody(gig: Gig, verb: str, by: Any, why: str) -> None:
    """Close every open application of a gig that filled or ended."""
    words = why_it_ended(verb, why)
    if words:
        for application in _locked(Application.gig_id == gig.id, Application.state.in_(_OPEN)):
            application.close(by=by, why=words, now=clock.now())


def step_back(member_id: UUID, *, by: Actor | None, why: str, now: datetime) -> int:
    """Close every application of somebody who leaves that waits for an author, and return how many there were.

    Offers are called off with their agreements, which see to the application themselves.
    """
    waiting = list(_locked(Application.applicant_id == member_id, Application.state.in_(_UNANSWERED)))
    for application in waiting:
        application.close(by=by, why=why, now=now)
    return len(waiting)


def _locked(*conditions: Any) -> Iterable[Application]:
    return db.session.scalars(
        select(Application)
        .options(joinedload(Application.gig))
        .where(scoped(Application), *conditions)
        .order_by(Application.id)
        .with_for_update(of=Application, key_share=True)
    ).all()
