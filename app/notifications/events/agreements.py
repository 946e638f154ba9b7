"""From the first offer to the reviews: what the two sides are told, and when somebody neutral is asked."""

from datetime import date
from typing import Any

from app.agreements.states import NEGOTIATED, OUTCOMES
from app.core.wording import day
from app.notifications.events.applications import why_and_others
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import both_sides, named, neutral_moderators, the_owners, whoever_applied

_other = named("other_id")


def _was_talked_about(fact: Fact) -> bool:
    return fact.activity.from_state in NEGOTIATED


def _waits_in(*states: str) -> Any:
    return lambda fact: fact.get("what") != "review" and fact.get("state") in states


def _is_for_a_review(fact: Fact) -> bool:
    return fact.get("what") == "review"


def _is_still_there(notification: Any, agreement: Any) -> bool:
    return bool(agreement.state == notification.data.get("state", agreement.state))


def _by_when(otherwise: str) -> Any:
    def explain(fact: Fact) -> str:
        until = fact.last_day("until")
        return f"{otherwise} It can wait until {until}." if until else otherwise

    return explain


def _how_long(fact: Fact) -> str:
    resume_on = fact.get("resume_on")
    return f"It should go on about {day(date.fromisoformat(resume_on))}." if resume_on else ""


def _outcome(fact: Fact) -> str:
    return f"{OUTCOMES[fact.get('outcome')]}. You can both say how it was."


_TERMS = (
    Event(
        kind="agreement", verb="propose", topic="terms", tells=_other,
        title="offers you “{title}”",
        detail="Read the terms. Agree, propose others, or say no.",
        place="agreement", action="Read the terms",
    ),
    Event(
        kind="agreement", verb="counter", topic="terms", tells=_other,
        title="proposes other terms for “{title}”",
        detail="Nothing is agreed until both of you say yes.",
        place="agreement", action="Read the terms",
    ),
    Event(
        kind="agreement", verb="counter_back", topic="terms", tells=_other,
        title="proposes other terms for “{title}”",
        detail="Nothing is agreed until both of you say yes.",
        place="agreement", action="Read the terms",
    ),
    Event(
        kind="agreement", verb="agree", topic="terms", tells=_other,
        title="agreed to your terms for “{title}”",
        detail="It is settled between you now. Work can begin.",
        place="agreement", action="See what you agreed",
    ),
    Event(
        kind="agreement", verb="cancel", variant="terms", topic="terms", tells=_other, when=_was_talked_about,
        title="will not go on with “{title}”",
        detail="Nothing was agreed, so there is nothing to undo.",
        place="agreement", action="See what was said",
    ),
    Event(
        kind="agreement", verb="cancel", variant="terms_in_time", topic="terms", tells=both_sides,
        when=_was_talked_about,
        alone="The terms for “{title}” were not answered in time",
        detail="Nothing was agreed. You can talk again whenever you like.", quotes=False,
        place="agreement", action="See what was said",
    ),
    Event(
        kind="agreement", verb="lapse", topic="terms", tells=whoever_applied,
        alone="The terms for “{title}” are off the table",
        detail=why_and_others, quotes=False,
        place="agreement", action="See what was said",
    ),
)  # fmt: skip

_WORK = (
    Event(
        kind="agreement", verb="start", topic="work", tells=_other,
        title="began with “{title}”",
        place="agreement", action="See where it stands",
    ),
    Event(
        kind="agreement", verb="release", topic="work", tells=both_sides,
        alone="“{title}” can begin: there is consent",
        detail="The manager has agreed.", quotes=False,
        place="agreement", action="See where it stands",
    ),
    Event(
        kind="agreement", verb="pause", topic="work", tells=_other,
        title="paused “{title}”", detail=_how_long,
        place="agreement", action="See where it stands",
    ),
    Event(
        kind="agreement", verb="resume", topic="work", tells=_other,
        title="took up “{title}” again",
        place="agreement", action="See where it stands",
    ),
    Event(
        kind="agreement", verb="deliver", topic="work", tells=_other,
        title="handed over {work}",
        detail="Look at it, then accept it or say what is missing.",
        place="agreement", action="Look at it",
    ),
    Event(
        kind="agreement", verb="request_changes", topic="work", tells=_other,
        title="asks for changes to {work}",
        detail="Hand it over again when they are made.",
        place="agreement", action="See what is missing",
    ),
    Event(
        kind="agreement", verb="accept_part", topic="work", tells=both_sides,
        title="accepted {work}", alone="There was no answer in time, so {work} counts as accepted",
        detail="The work goes on with what is next.",
        place="agreement", action="See what is next",
    ),
    Event(
        kind="agreement", verb="accept", topic="work", tells=both_sides,
        title="accepted {work}", alone="There was no answer in time, so {work} counts as accepted",
        detail="That was the last of it. Say how it was to work together: what you write stays closed until both have written.",
        place="review_form", action="Write a review",
    ),
)  # fmt: skip

_TROUBLE = (
    Event(
        kind="agreement", verb="cancel", topic="trouble", tells=_other,
        title="cancelled “{title}”",
        detail="The agreement ends here.",
        place="agreement", action="See what was said",
    ),
    Event(
        kind="agreement", verb="cancel", variant="in_time", topic="trouble", tells=both_sides,
        alone="“{title}” has ended by itself",
        place="agreement", action="See where it stood",
    ),
    Event(
        kind="agreement", verb="dissolve", topic="trouble", tells=both_sides,
        title="ended “{title}”",
        detail="One side can no longer be here. What was done until now can be reviewed.",
        place="agreement", action="See where it stands",
    ),
    Event(
        kind="agreement", verb="dispute", topic="trouble", tells=both_sides,
        title="asks somebody neutral to look at “{title}”", alone="“{title}” goes to somebody neutral",
        detail="A leader reads what was agreed and handed over, and settles it. Both of you will hear.",
        place="agreement", action="See what was said",
    ),
    Event(
        kind="agreement", verb="dispute", variant="neutral", topic="reports", tells=neutral_moderators,
        alone="“{title}” needs somebody neutral",
        detail="Two people do not agree about their work. Read what was agreed, and settle it.",
        place="agreement", action="Settle it",
    ),
    Event(
        kind="agreement", verb="resolve", topic="trouble", tells=both_sides,
        title="settled what you disagreed about in “{title}”", alone="The dispute about “{title}” has ended",
        detail=_outcome,
        place="agreement", action="Read the outcome",
    ),
    Event(
        kind="agreement", verb="reinstate", topic="trouble", tells=both_sides,
        title="let “{title}” go on as agreed",
        place="agreement", action="See where it stands",
    ),
)  # fmt: skip

_REMINDERS = (
    Event(
        kind="agreement", verb="reminded", variant="review", topic="reminders", tells=named("owner_ids"),
        when=_is_for_a_review,
        alone="How was it? Your words on “{title}” are missing",
        detail=_by_when("Nobody reads them before both of you have written, or the time is over."),
        place="review_form", action="Write a review",
    ),
    Event(
        kind="agreement", verb="reminded", variant="terms", topic="reminders", tells=the_owners,
        when=_waits_in("proposed", "countered"),
        alone="The terms for “{title}” wait for your answer",
        detail=_by_when("Agree, propose others, or say no."),
        place="agreement", action="Read the terms", holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="start", topic="reminders", tells=the_owners,
        when=_waits_in("agreed"),
        alone="“{title}” can begin",
        detail="Say so here when you start, or talk to each other if it has to wait.",
        place="agreement", action="Begin", holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="due", topic="reminders", tells=the_owners,
        when=_waits_in("active"),
        alone="“{title}” is due soon",
        detail="Hand over what you have, or tell the other side when it will come.",
        place="agreement", action="Hand it over", holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="paused", topic="reminders", tells=the_owners,
        when=_waits_in("paused"),
        alone="“{title}” was to go on about now",
        detail=_by_when("Resume it, or tell the other side."),
        place="agreement", action="See where it stands", holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="delivered", topic="reminders", tells=the_owners,
        when=_waits_in("delivered"),
        alone="What was handed over for “{title}” waits for you",
        detail=_by_when("Accept it, or say what is missing. Without an answer it counts as accepted."),
        place="agreement", action="Look at it", holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="changes", topic="reminders", tells=the_owners,
        when=_waits_in("changes_requested"),
        alone="The changes to “{title}” are waited for",
        detail=_by_when("Hand it over again, or talk to each other."),
        place="agreement", action="See what is missing", holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="release", topic="reminders", tells=both_sides,
        when=_waits_in("awaiting_release"),
        alone="“{title}” still waits for a manager's consent",
        detail=_by_when("Perhaps a word helps."),
        place="agreement", action="See where it stands", holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="neutral", topic="reports", tells=neutral_moderators,
        when=_waits_in("disputed"),
        alone="Two people still wait for somebody neutral: “{title}”",
        detail=_by_when("Read what was agreed, and settle it."),
        place="agreement", action="Settle it", holds=_is_still_there,
    ),
)  # fmt: skip

EVENTS = (*_TERMS, *_WORK, *_TROUBLE, *_REMINDERS)
