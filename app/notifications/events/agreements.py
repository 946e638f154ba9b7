"""From the first offer to the reviews: what the two sides are told, and when somebody neutral is asked."""

from datetime import date

from app.agreements.states import NEGOTIATED, OUTCOMES
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import day
from app.notifications.events.applications import why_and_others
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import both_sides, named, neutral_moderators, whoever_applied

_other = named("other_id")


def _is_told_alone(fact: Fact) -> bool:
    return not fact.get("coordinator_id")


def _was_talked_about(fact: Fact) -> bool:
    return fact.activity.from_state in NEGOTIATED


def _how_long(fact: Fact) -> str:
    resume_on = fact.get("resume_on")
    return _("It should go on about %(day)s.", day=day(date.fromisoformat(resume_on))) if resume_on else ""


def _outcome(fact: Fact) -> str:
    return _("%(outcomes)s. You can both say how it was.", outcomes=OUTCOMES[fact.get("outcome")])


_TERMS = (
    Event(
        kind="agreement", verb="propose", topic="terms", tells=_other, when=_is_told_alone,
        title=_l("offers you “{title}”"),
        detail=_l("Read the terms. Agree, propose others, or say no."),
        place="agreement", action=_l("Read the terms"),
    ),
    Event(
        kind="agreement", verb="counter", topic="terms", tells=_other,
        title=_l("proposes other terms for “{title}”"),
        detail=_l("Nothing is agreed until both of you say yes."),
        place="agreement", action=_l("Read the terms"),
    ),
    Event(
        kind="agreement", verb="counter_back", topic="terms", tells=_other,
        title=_l("proposes other terms for “{title}”"),
        detail=_l("Nothing is agreed until both of you say yes."),
        place="agreement", action=_l("Read the terms"),
    ),
    Event(
        kind="agreement", verb="agree", topic="terms", tells=_other, when=_is_told_alone,
        title=_l("agreed to your terms for “{title}”"),
        detail=_l("It is settled between you now. Work can begin."),
        place="agreement", action=_l("See what you agreed"),
    ),
    Event(
        kind="agreement", verb="cancel", variant="terms", topic="terms", tells=_other, when=_was_talked_about,
        title=_l("will not go on with “{title}”"),
        detail=_l("Nothing was agreed, so there is nothing to undo."),
        place="agreement", action=_l("See what was said"),
    ),
    Event(
        kind="agreement", verb="cancel", variant="terms_in_time", topic="terms", tells=both_sides,
        when=_was_talked_about,
        alone=_l("The terms for “{title}” were not answered in time"),
        detail=_l("Nothing was agreed. You can talk again whenever you like."), quotes=False,
        place="agreement", action=_l("See what was said"),
    ),
    Event(
        kind="agreement", verb="lapse", topic="terms", tells=whoever_applied,
        alone=_l("The terms for “{title}” are off the table"),
        detail=why_and_others, quotes=False,
        place="agreement", action=_l("See what was said"),
    ),
)  # fmt: skip

_WORK = (
    Event(
        kind="agreement", verb="start", topic="work", tells=_other,
        title=_l("began with “{title}”"),
        place="agreement", action=_l("See where it stands"),
    ),
    Event(
        kind="agreement", verb="release", topic="work", tells=both_sides,
        alone=_l("“{title}” can begin: there is consent"),
        detail=_l("The manager has agreed."), quotes=False,
        place="agreement", action=_l("See where it stands"),
    ),
    Event(
        kind="agreement", verb="pause", topic="work", tells=_other,
        title=_l("paused “{title}”"), detail=_how_long,
        place="agreement", action=_l("See where it stands"),
    ),
    Event(
        kind="agreement", verb="resume", topic="work", tells=_other,
        title=_l("took up “{title}” again"),
        place="agreement", action=_l("See where it stands"),
    ),
    Event(
        kind="agreement", verb="deliver", topic="work", tells=_other,
        title=_l("handed over {work}"),
        detail=_l("Look at it, then accept it or say what is missing."),
        place="agreement", action=_l("Look at it"),
    ),
    Event(
        kind="agreement", verb="request_changes", topic="work", tells=_other,
        title=_l("asks for changes to {work}"),
        detail=_l("Hand it over again when they are made."),
        place="agreement", action=_l("See what is missing"),
    ),
    Event(
        kind="agreement", verb="accept_part", topic="work", tells=both_sides,
        title=_l("accepted {work}"), alone=_l("There was no answer in time, so {work} counts as accepted"),
        detail=_l("The work goes on with what is next."),
        place="agreement", action=_l("See what is next"),
    ),
    Event(
        kind="agreement", verb="accept", topic="work", tells=both_sides,
        title=_l("accepted {work}"), alone=_l("There was no answer in time, so {work} counts as accepted"),
        detail=_l(
"That was the last of it. Say how it was to work together: what you write stays closed "
"until both have written."
),
        place="review_form", action=_l("Write a review"),
    ),
)  # fmt: skip

_TROUBLE = (
    Event(
        kind="agreement", verb="cancel", topic="trouble", tells=_other,
        title=_l("cancelled “{title}”"),
        detail=_l("The agreement ends here."),
        place="agreement", action=_l("See what was said"),
    ),
    Event(
        kind="agreement", verb="cancel", variant="in_time", topic="trouble", tells=both_sides,
        alone=_l("“{title}” has ended by itself"),
        place="agreement", action=_l("See where it stood"),
    ),
    Event(
        kind="agreement", verb="dissolve", topic="trouble", tells=both_sides,
        title=_l("ended “{title}”"),
        detail=_l("One side can no longer be here. What was done until now can be reviewed."),
        place="agreement", action=_l("See where it stands"),
    ),
    Event(
        kind="agreement", verb="dispute", topic="trouble", tells=both_sides,
        title=_l("asks somebody neutral to look at “{title}”"), alone=_l("“{title}” goes to somebody neutral"),
        detail=_l(
"A leader reads what was agreed and handed over, and settles it. Both of you will hear."
),
        place="agreement", action=_l("See what was said"),
    ),
    Event(
        kind="agreement", verb="dispute", variant="neutral", topic="reports", tells=neutral_moderators,
        alone=_l("“{title}” needs somebody neutral"),
        detail=_l("Two people do not agree about their work. Read what was agreed, and settle it."),
        place="agreement", action=_l("Settle it"),
    ),
    Event(
        kind="agreement", verb="gave_back", topic="trouble", tells=_other,
        title=_l("gave hours back for “{title}”"),
        place="agreement", action=_l("See where it stands"),
    ),
    Event(
        kind="agreement", verb="resolve", topic="trouble", tells=both_sides,
        title=_l("settled what you disagreed about in “{title}”"), alone=_l("The dispute about “{title}” has ended"),
        detail=_outcome,
        place="agreement", action=_l("Read the outcome"),
    ),
    Event(
        kind="agreement", verb="reinstate", topic="trouble", tells=both_sides,
        title=_l("let “{title}” go on as agreed"),
        place="agreement", action=_l("See where it stands"),
    ),
)  # fmt: skip

EVENTS = (*_TERMS, *_WORK, *_TROUBLE)
