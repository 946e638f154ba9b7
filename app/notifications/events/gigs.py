"""What becomes of gigs, and who is told."""

from typing import Any

from app.core.languages import lazy_gettext as _l
from app.gigs.models.columns import TERMS
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import (
    everybody_reviewing,
    named,
    reviewers,
    the_author,
    waiting_applicants,
)


def _in_state(state: str) -> Any:
    return lambda fact: fact.activity.from_state == state


def _changes_terms(fact: Fact) -> bool:
    return not set(TERMS).isdisjoint(fact.get("changed", ()))


_the_adviser = named("suggested_by")


def _what_was_taken(fact: Fact) -> str:
    return str(_WENT_LIVE if fact.get("goes_live") else _READS_SO)


_WENT_LIVE = _l("It reads so now, and went live with that: you had approved it.")
_READS_SO = _l("It reads so now.")


def _still(state: str) -> Any:
    return lambda _, gig: gig.state == state


EVENTS = (
    Event(
        kind="gig", verb="submit", topic="queue", tells=reviewers,
        title=_l("would like “{title}” to go live"),
        detail=_l("Approve it, or hand it back with a reason."),
        place="gig", action=_l("Look at the gig"), holds=_still("in_review"),
    ),
    Event(
        kind="gig", verb="propose_edit", topic="queue", tells=reviewers,
        title=_l("would like to change “{title}”"),
        detail=_l("It stays as it is until you answer."),
        place="gig", action=_l("Look at the change"),
    ),
    Event(
        kind="gig", verb="remind", variant="in_review", topic="queue", tells=everybody_reviewing,
        when=_in_state("in_review"),
        alone=_l("“{title}” still waits for somebody to look at it"),
        detail=_l("Its author sent it some days ago."),
        place="gig", action=_l("Look at the gig"), holds=_still("in_review"),
    ),
    Event(
        kind="gig", verb="remind_edit", topic="queue", tells=everybody_reviewing,
        alone=_l("A change to “{title}” still waits for somebody to look at it"),
        detail=_l("Its author sent it some days ago."),
        place="gig", action=_l("Look at the change"),
    ),
    Event(
        kind="gig", verb="approve", topic="own_gigs", tells=the_author,
        title=_l("approved “{title}”"),
        detail=_l("It is live now, and people can raise a hand."),
        place="gig", action=_l("See your gig"),
    ),
    Event(
        kind="gig", verb="return", topic="own_gigs", tells=the_author,
        title=_l("handed “{title}” back to you"), alone=_l("“{title}” came back to you"),
        detail=_l("Change what is asked for, and send it again."),
        place="gig", action=_l("Open your gig"),
    ),
    Event(
        kind="gig", verb="approve_edit", topic="own_gigs", tells=the_author,
        title=_l("approved what you changed in “{title}”"),
        detail=_l("The change is live now."),
        place="gig", action=_l("See your gig"),
    ),
    Event(
        kind="gig", verb="return_edit", topic="own_gigs", tells=the_author,
        title=_l("handed back what you changed in “{title}”"), alone=_l("What you changed in “{title}” came back to you"),
        detail=_l("The gig stays live as it was."),
        place="gig", action=_l("Open your gig"),
    ),
    Event(
        kind="gig", verb="expiry_near", topic="reminders", tells=the_author,
        alone=_l("“{title}” runs out on {expires}"),
        detail=_l("Renew it if it should go on. Otherwise it leaves the list by itself."),
        place="gig", action=_l("Renew your gig"),
    ),
    Event(
        kind="gig", verb="expire", topic="own_gigs", tells=the_author,
        alone=_l("“{title}” has run out"),
        detail=_l(
"Renew it to list it again, or close it. Whoever waited for your answer has been told."
),
        place="gig", action=_l("Open your gig"), holds=_still("expired"),
    ),
    Event(
        kind="gig", verb="remind", variant="paused", topic="reminders", tells=the_author, when=_in_state("paused"),
        alone=_l("“{title}” has been paused for a while"),
        detail=_l("Resume it, or close it so that nobody waits."),
        place="gig", action=_l("Open your gig"), holds=_still("paused"),
    ),
    Event(
        kind="gig", verb="remind", variant="expired", topic="reminders", tells=the_author, when=_in_state("expired"),
        alone=_l("“{title}” ran out some days ago"),
        detail=_l("Renew it, or close it. If you do neither it closes by itself."),
        place="gig", action=_l("Open your gig"), holds=_still("expired"),
    ),
    Event(
        kind="gig", verb="move", topic="own_gigs", tells=the_author,
        title=_l("moved “{title}” to {into}"),
        detail=_l("People who look there find it now."),
        place="gig", action=_l("See your gig"),
    ),
    Event(
        kind="gig", verb="move", variant="review", topic="queue", tells=reviewers, when=_in_state("in_review"),
        title=_l("moved “{title}” to {into}, where it waits for review"),
        detail=_l("Approve it, or hand it back with a reason."),
        place="gig", action=_l("Look at the gig"), holds=_still("in_review"),
    ),
    Event(
        kind="gig", verb="close", topic="own_gigs", tells=the_author,
        title=_l("closed “{title}”"), alone=_l("“{title}” was closed"),
        place="gig", action=_l("Open your gig"),
    ),
    Event(
        kind="gig", verb="pause", topic="answers", tells=waiting_applicants,
        title=_l("paused “{title}”"),
        alone=_l("“{title}” rests for now"),
        detail=_l("Your application stays where it is; you will hear when it goes on."),
        place="gig", action=_l("See the gig"),
    ),
    Event(
        kind="gig", verb="resume", topic="answers", tells=waiting_applicants,
        title=_l("resumed “{title}”"),
        alone=_l("“{title}” goes on"),
        detail=_l("Your application still stands."),
        place="gig", action=_l("See the gig"),
    ),
    Event(
        kind="gig", verb="edit", topic="answers", tells=waiting_applicants, when=_changes_terms,
        alone=_l("“{title}” has changed since you raised your hand"),
        detail=_l("Have another look before you go on."), quotes=False,
        place="gig", action=_l("See what it says now"),
    ),
    Event(
        kind="gig", verb="approve_edit", variant="applicants", topic="answers", tells=waiting_applicants,
        when=_changes_terms,
        alone=_l("“{title}” has changed since you raised your hand"),
        detail=_l("Have another look before you go on."), quotes=False,
        place="gig", action=_l("See what it says now"),
    ),
    Event(
        kind="suggestion", verb="suggest", topic="own_gigs", tells=the_author,
        title=_l("suggests how “{title}” would better read"),
        detail=_l("Take it with one click, or say why not."),
        place="gig", at="gig_id", action=_l("See what would change"),
    ),
    Event(
        kind="suggestion", verb="reminded", topic="reminders", tells=the_author,
        alone=_l("A suggestion for “{title}” still waits for your answer"),
        detail=_l("Take it with one click, or say why not."),
        place="gig", at="gig_id", action=_l("See what would change"),
    ),
    Event(
        kind="suggestion", verb="take", topic="queue", tells=_the_adviser,
        title=_l("took what you suggested for “{title}”"), detail=_what_was_taken,
        place="gig", at="gig_id", action=_l("See the gig"),
    ),
    Event(
        kind="suggestion", verb="decline", topic="queue", tells=_the_adviser,
        title=_l("would rather keep “{title}” as it is"),
        detail=_l("Nothing has changed. If it waited for review, it does so again."),
        place="gig", at="gig_id", action=_l("See the gig"),
    ),
    Event(
        kind="suggestion", verb="lapse", topic="queue", tells=_the_adviser,
        alone=_l("What you suggested for “{title}” was not answered"),
        detail=_l("Nothing has changed. If it waited for review, it does so again."),
        place="gig", at="gig_id", action=_l("See the gig"),
    ),
)  # fmt: skip
