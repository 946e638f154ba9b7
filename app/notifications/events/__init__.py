"""The table of events: of everything that is recorded, who is told what. What is in neither list here fails a test."""

from app.activity.models import Activity
from app.notifications.events import (
    agreements,
    applications,
    assisting,
    climbing,
    desks,
    duties,
    experts,
    gigs,
    membership,
    memberships,
    merging,
    moderation,
    offices,
    payments,
    plans,
    projects,
    questions,
    reminders,
    sales,
    talk,
)
from app.notifications.events.event import Event, Fact

__all__ = ["EVENTS", "PASSED_OVER", "Event", "Fact", "event_or_none", "events_of"]

EVENTS: tuple[Event, ...] = (
    *gigs.EVENTS,
    *merging.EVENTS,
    *climbing.EVENTS,
    *applications.EVENTS,
    *agreements.EVENTS,
    *payments.EVENTS,
    *sales.EVENTS,
    *projects.EVENTS,
    *reminders.EVENTS,
    *talk.EVENTS,
    *assisting.EVENTS,
    *membership.EVENTS,
    *offices.EVENTS,
    *experts.EVENTS,
    *questions.EVENTS,
    *plans.EVENTS,
    *memberships.EVENTS,
    *moderation.EVENTS,
    *desks.EVENTS,
    *duties.EVENTS,
)

#: What nobody is told of: whoever did it knows, or the same step tells of it under another name. By kind, with the verbs.
PASSED_OVER = {
    "gig": {
        "publish", "withdraw", "renew", "discard", "stop_applications", "take_applications", "withdraw_edit",
        # An agreement, or its end, tells of the seat.
        "fill", "reopen", "take_seat", "free_seat",
        # The letter about the membership tells of these.
        "hold", "release",
        # The decision tells of these.
        "remove", "restore",
        # The question whether two become one tells of its end.
        "merge",
    },
    # Whoever replaced or took it back knows; what its gig came to is told of the gig.
    "merge": {"agree", "withdraw"},
    "suggestion": {"withdraw", "replace", "drop"},
    "climb": {"stop", "start"},
    # The agreement tells of these.
    "application": {"offer", "retract", "turn_down", "accept", "release", "unlist"},
    # Reviews tell of themselves; whose consent is waited for is told by whoever asks for it.
    # So is whoever hands a role on.
    "agreement": {"review", "await_release", "hand_on"},
    # Nobody was bound by what is taken back.
    "project": {"take_back", "take_back_change"},
    # It is blind until all are in, and then told of once.
    "projectreview": {"write"},
    # Whoever asked knows; who was asked has nothing to do any more.
    "handover": {"take_back", "fall_away"},
    "member": {"left", "lifted_ban"},
    "join_request": {"approved", "withdrawn"},
    "invitation": {"revoked"},
    "invitationlink": {"renewed", "revoked"},
    # Leaders get a letter of its own, which leaves also while the marketplace is not open.
    "tenant": {
        "changed_settings", "changed_look", "changed_climb", "tuned_matching", "arranged_front", "suspended", "closed",
        "reopened",
    },
    "page": {"begin", "revise", "publish", "withdraw", "remove", "bring_back"},
    # Whoever bought, changed or ended one did so themselves.
    "membership": {"began", "changed", "ended", "renewed"},
    # Whoever redeems a gift did so themselves; what a bank gives back of one, its page says.
    "gift": {"redeemed", "restored"},
    # What is for sale, and what is kept of it, its pages say.
    "tier": {"drafted", "revised", "priced", "unpriced", "published", "closed", "moved"},
    "commission": {"added_commission", "changed_commission", "removed_commission"},
    "vetting": {"withdraw", "give_way"},
    # Whoever takes one answers it, or gives it back to those who were asked before; that it did not help, its page says.
    "question": {"take", "give_back", "did_not_help"},
    "vouch": {"show", "hide", "take_back"},
    "kudos": {"show", "hide", "take_back"},
    "certificate": {"issue", "withdraw"},
    # It stands on their page with what it means; a letter for each would be noise.
    "badge": {"earn", "lose"},
    "badges": {"switched_off_badge", "switched_on_badge"},
    "endorsement": {"show", "hide", "take_back"},
    "attestation": {"refused", "withdraw"},
    "carried_review": {"bring", "drop"},
    "category": {
        "add", "edit", "archive", "restore", "dissolve", "post_news", "revise_news", "remove_news", "recommend", "take_out",
        "settle_bench", "set_targets",
    },
    "skill": {"name_skill", "merge_skill"},
    "field": {"ask", "edit", "retire", "restore"},
    "discount": {"offered", "ended"},
    "mandate": {"withdrawn"},
}  # fmt: skip

_BY_FACT: dict[tuple[str, str], tuple[Event, ...]] = {}
for _event in EVENTS:
    _BY_FACT[_event.kind, _event.verb] = (*_BY_FACT.get((_event.kind, _event.verb), ()), _event)
_BY_NAME = {event.name: event for event in EVENTS}


def events_of(activity: Activity) -> tuple[Event, ...]:
    """Return the rows of the table for an activity; most have none."""
    return _BY_FACT.get((activity.subject_kind, activity.verb), ())


def event_or_none(name: str) -> Event | None:
    """Return the event that a notification was made of, or None when the table no longer holds it."""
    return _BY_NAME.get(name)
