"""Whoever an agreement waits for is reminded of it, once, before its time is over."""

from typing import Any

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import both_sides, named, neutral_moderators, the_owners


def _waits_in(*states: str) -> Any:
    return lambda fact: fact.get("what") != "review" and fact.get("state") in states


def _is_for_a_review(fact: Fact) -> bool:
    return fact.get("what") == "review"


def _is_still_there(notification: Any, agreement: Any) -> bool:
    return bool(agreement.state == notification.data.get("state", agreement.state))


def _by_when(otherwise: str) -> Any:
    def explain(fact: Fact) -> str:
        until = fact.last_day("until")
        return _("%(otherwise)s It can wait until %(until)s.", otherwise=otherwise, until=until) if until else otherwise

    return explain


EVENTS = (
    Event(
        kind="agreement", verb="reminded", variant="review", topic="reminders", tells=named("owner_ids"),
        when=_is_for_a_review,
        alone=_l("How was it? Your words on “{title}” are missing"),
        detail=_by_when(_l("Nobody reads them before both of you have written, or the time is over.")),
        place="review_form", action=_l("Write a review"),
    ),
    Event(
        kind="agreement", verb="reminded", variant="terms", topic="reminders", tells=the_owners,
        when=_waits_in("proposed", "countered"),
        alone=_l("The terms for “{title}” wait for your answer"),
        detail=_by_when(_l("Agree, propose others, or say no.")),
        place="agreement", action=_l("Read the terms"), holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="start", topic="reminders", tells=the_owners,
        when=_waits_in("agreed"),
        alone=_l("“{title}” can begin"),
        detail=_l("Say so here when you start, or talk to each other if it has to wait."),
        place="agreement", action=_l("Begin"), holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="due", topic="reminders", tells=the_owners,
        when=_waits_in("active"),
        alone=_l("“{title}” is due soon"),
        detail=_l("Hand over what you have, or tell the other side when it will come."),
        place="agreement", action=_l("Hand it over"), holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="paused", topic="reminders", tells=the_owners,
        when=_waits_in("paused"),
        alone=_l("“{title}” was to go on about now"),
        detail=_by_when(_l("Resume it, or tell the other side.")),
        place="agreement", action=_l("See where it stands"), holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="delivered", topic="reminders", tells=the_owners,
        when=_waits_in("delivered"),
        alone=_l("What was handed over for “{title}” waits for you"),
        detail=_by_when(_l("Accept it, or say what is missing. Without an answer it counts as accepted.")),
        place="agreement", action=_l("Look at it"), holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="changes", topic="reminders", tells=the_owners,
        when=_waits_in("changes_requested"),
        alone=_l("The changes to “{title}” are waited for"),
        detail=_by_when(_l("Hand it over again, or talk to each other.")),
        place="agreement", action=_l("See what is missing"), holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="release", topic="reminders", tells=both_sides,
        when=_waits_in("awaiting_release"),
        alone=_l("“{title}” still waits for a manager's consent"),
        detail=_by_when(_l("Perhaps a word helps.")),
        place="agreement", action=_l("See where it stands"), holds=_is_still_there,
    ),
    Event(
        kind="agreement", verb="reminded", variant="neutral", topic="reports", tells=neutral_moderators,
        when=_waits_in("disputed"),
        alone=_l("Two people still wait for somebody neutral: “{title}”"),
        detail=_by_when(_l("Read what was agreed, and settle it.")),
        place="agreement", action=_l("Settle it"), holds=_is_still_there,
    ),
)  # fmt: skip
