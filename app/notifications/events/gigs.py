"""What becomes of gigs, and who is told."""

from typing import Any

from app.gigs.models.columns import TERMS
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import everybody_reviewing, reviewers, the_author, waiting_applicants


def _in_state(state: str) -> Any:
    return lambda fact: fact.activity.from_state == state


def _changes_terms(fact: Fact) -> bool:
    return not set(TERMS).isdisjoint(fact.get("changed", ()))


def _still(state: str) -> Any:
    return lambda _, gig: gig.state == state


EVENTS = (
    Event(
        kind="gig", verb="submit", topic="queue", tells=reviewers,
        title="would like “{title}” to go live",
        detail="Approve it, or hand it back with a reason.",
        place="gig", action="Look at the gig", holds=_still("in_review"),
    ),
    Event(
        kind="gig", verb="propose_edit", topic="queue", tells=reviewers,
        title="would like to change “{title}”",
        detail="It stays as it is until you answer.",
        place="gig", action="Look at the change",
    ),
    Event(
        kind="gig", verb="remind", variant="in_review", topic="queue", tells=everybody_reviewing,
        when=_in_state("in_review"),
        alone="“{title}” still waits for somebody to look at it",
        detail="Its author sent it some days ago.",
        place="gig", action="Look at the gig", holds=_still("in_review"),
    ),
    Event(
        kind="gig", verb="remind_edit", topic="queue", tells=everybody_reviewing,
        alone="A change to “{title}” still waits for somebody to look at it",
        detail="Its author sent it some days ago.",
        place="gig", action="Look at the change",
    ),
    Event(
        kind="gig", verb="approve", topic="own_gigs", tells=the_author,
        title="approved “{title}”",
        detail="It is live now, and people can raise a hand.",
        place="gig", action="See your gig",
    ),
    Event(
        kind="gig", verb="return", topic="own_gigs", tells=the_author,
        title="handed “{title}” back to you", alone="“{title}” came back to you",
        detail="Change what is asked for, and send it again.",
        place="gig", action="Open your gig",
    ),
    Event(
        kind="gig", verb="approve_edit", topic="own_gigs", tells=the_author,
        title="approved what you changed in “{title}”",
        detail="The change is live now.",
        place="gig", action="See your gig",
    ),
    Event(
        kind="gig", verb="return_edit", topic="own_gigs", tells=the_author,
        title="handed back what you changed in “{title}”", alone="What you changed in “{title}” came back to you",
        detail="The gig stays live as it was.",
        place="gig", action="Open your gig",
    ),
    Event(
        kind="gig", verb="expiry_near", topic="reminders", tells=the_author,
        alone="“{title}” runs out on {expires}",
        detail="Renew it if it should go on. Otherwise it leaves the list by itself.",
        place="gig", action="Renew your gig",
    ),
    Event(
        kind="gig", verb="expire", topic="own_gigs", tells=the_author,
        alone="“{title}” has run out",
        detail="Renew it to list it again, or close it. Whoever waited for your answer has been told.",
        place="gig", action="Open your gig", holds=_still("expired"),
    ),
    Event(
        kind="gig", verb="remind", variant="paused", topic="reminders", tells=the_author, when=_in_state("paused"),
        alone="“{title}” has been paused for a while",
        detail="Resume it, or close it so that nobody waits.",
        place="gig", action="Open your gig", holds=_still("paused"),
    ),
    Event(
        kind="gig", verb="remind", variant="expired", topic="reminders", tells=the_author, when=_in_state("expired"),
        alone="“{title}” ran out some days ago",
        detail="Renew it, or close it. If you do neither it closes by itself.",
        place="gig", action="Open your gig", holds=_still("expired"),
    ),
    Event(
        kind="gig", verb="move", topic="own_gigs", tells=the_author,
        title="moved “{title}” to {into}",
        detail="People who look there find it now.",
        place="gig", action="See your gig",
    ),
    Event(
        kind="gig", verb="close", topic="own_gigs", tells=the_author,
        title="closed “{title}”", alone="“{title}” was closed",
        place="gig", action="Open your gig",
    ),
    Event(
        kind="gig", verb="remove", topic="own_gigs", tells=the_author,
        title="took “{title}” down",
        detail="It is no longer listed. If you see it differently, write to the leaders.",
        place="gig", action="Open your gig",
    ),
    Event(
        kind="gig", verb="pause", topic="answers", tells=waiting_applicants,
        title="paused “{title}”",
        detail="Your application stays where it is; you will hear when it goes on.",
        place="gig", action="See the gig",
    ),
    Event(
        kind="gig", verb="resume", topic="answers", tells=waiting_applicants,
        title="resumed “{title}”",
        detail="Your application still stands.",
        place="gig", action="See the gig",
    ),
    Event(
        kind="gig", verb="edit", topic="answers", tells=waiting_applicants, when=_changes_terms,
        alone="“{title}” has changed since you raised your hand",
        detail="Have another look before you go on.", quotes=False,
        place="gig", action="See what it says now",
    ),
    Event(
        kind="gig", verb="approve_edit", variant="applicants", topic="answers", tells=waiting_applicants,
        when=_changes_terms,
        alone="“{title}” has changed since you raised your hand",
        detail="Have another look before you go on.", quotes=False,
        place="gig", action="See what it says now",
    ),
)  # fmt: skip
