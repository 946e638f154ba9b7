"""Raised hands and their answers. Offers and what comes of them are told with their agreement."""

from typing import Any

from app.applications.models import Application
from app.core.database import db
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import the_applicant, the_author, the_owners
from tenants.context import current_tenant_id

_OTHERS = _l("Other gigs are waiting; it says nothing about you.")


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
    return ngettext(
        "%(num)s person waits for a word from you, be it a yes or a no.",
        "%(num)s people wait for a word from you, be it a yes or a no.",
        waiting,
    )


EVENTS = (
    Event(
        kind="application", verb="apply", topic="hands", tells=the_author,
        title=_l("raised a hand for “{title}”"),
        detail=_l("Ask something, keep them in view, make an offer, or say a kind no."),
        place="application", action=_l("Answer them"),
        says=_note, holds=_unanswered,
    ),
    Event(
        kind="application", verb="withdraw", topic="hands", tells=the_author,
        title=_l("stepped back from “{title}”"),
        detail=_l("There is nothing for you to do."),
        place="applications", at="gig_id", action=_l("See who else is there"),
    ),
    Event(
        kind="application", verb="shortlist", topic="answers", tells=the_applicant,
        title=_l("put you on the short list for “{title}”"),
        detail=_l("Nothing is settled yet; the next word is theirs."),
        place="application", action=_l("See your application"),
    ),
    Event(
        kind="application", verb="decline", topic="answers", tells=the_applicant,
        title=_l("answered you about “{title}”: not this time"),
        detail=_OTHERS,
        place="application", action=_l("See your application"),
    ),
    Event(
        # Where terms were on the table already, what became of them is told.
        kind="application", verb="close", topic="answers", tells=the_applicant, when=_was_unanswered,
        alone=_l("“{title}” takes no more applications"),
        detail=why_and_others, quotes=False,
        place="application", action=_l("See your application"),
    ),
    Event(
        kind="application", verb="lapse", topic="answers", tells=the_applicant,
        alone=_l("There was no answer in time for “{title}”"),
        detail=_OTHERS, quotes=False,
        place="application", action=_l("See your application"),
    ),
    Event(
        kind="application", verb="reminded", topic="reminders", tells=the_owners,
        alone=_l("Raised hands for “{title}” wait for your answer"),
        detail=_how_many,
        place="applications", at="gig_id", action=_l("Answer them"),
    ),
    Event(
        kind="application", verb="carry", topic="answers", tells=the_applicant,
        alone=_l("“{title}” is part of “{into}” now"),
        detail=_l("Your raised hand went along, with what you wrote. There is nothing you need to do."),
        place="application", action=_l("See your application"),
    ),
)  # fmt: skip
