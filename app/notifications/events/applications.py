"""Raised hands and their answers. Offers and what comes of them are told with their agreement."""

from typing import Any

from app.applications.models import Application
from app.core.database import db
from app.core.wording import plural
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import the_applicant, the_author, the_owners
from tenants.context import current_tenant_id

_OTHERS = "Other gigs are waiting; it says nothing about you."


def _unanswered(_: Any, application: Any) -> bool:
    return bool(application.is_unanswered)


def _note(fact: Fact) -> str:
    application = db.session.get(Application, (current_tenant_id(), fact.subject))
    return application.note if application else ""


def _was_unanswered(fact: Fact) -> bool:
    return fact.activity.from_state != "offered"


def why_and_others(fact: Fact) -> str:
    """Return the reason, which is ours or the author's, and that it is nothing against the reader."""
    why = fact.why if fact.why.endswith((".", "!", "?")) or not fact.why else f"{fact.why}."
    return f"{why} {_OTHERS}".strip()


def _how_many(fact: Fact) -> str:
    waiting = len(fact.get("application_ids", ())) or 1
    people = plural(waiting, "person", "people")
    return f"{people} {'waits' if waiting == 1 else 'wait'} for a word from you, be it a yes or a no."


EVENTS = (
    Event(
        kind="application", verb="apply", topic="hands", tells=the_author,
        title="raised a hand for “{title}”",
        detail="Ask something, keep them in view, make an offer, or say a kind no.",
        place="application", action="Answer them",
        says=_note, holds=_unanswered,
    ),
    Event(
        kind="application", verb="withdraw", topic="hands", tells=the_author,
        title="stepped back from “{title}”",
        detail="There is nothing for you to do.",
        place="applications", at="gig_id", action="See who else is there",
    ),
    Event(
        kind="application", verb="shortlist", topic="answers", tells=the_applicant,
        title="put you on the short list for “{title}”",
        detail="Nothing is settled yet; the next word is theirs.",
        place="application", action="See your application",
    ),
    Event(
        kind="application", verb="decline", topic="answers", tells=the_applicant,
        title="answered you about “{title}”: not this time",
        detail=_OTHERS,
        place="application", action="See your application",
    ),
    Event(
        # Where terms were on the table already, what became of them is told.
        kind="application", verb="close", topic="answers", tells=the_applicant, when=_was_unanswered,
        alone="“{title}” takes no more applications",
        detail=why_and_others, quotes=False,
        place="application", action="See your application",
    ),
    Event(
        kind="application", verb="lapse", topic="answers", tells=the_applicant,
        alone="There was no answer in time for “{title}”",
        detail=_OTHERS, quotes=False,
        place="application", action="See your application",
    ),
    Event(
        kind="application", verb="reminded", topic="reminders", tells=the_owners,
        alone="Raised hands for “{title}” wait for your answer",
        detail=_how_many,
        place="applications", at="gig_id", action="Answer them",
    ),
)  # fmt: skip
