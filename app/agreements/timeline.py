"""What happened to an agreement, told from its activities."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.activity.models import Activity
from app.profiles.people import Person

_WORDS = {
    "propose": "offered the gig on these terms",
    "counter": "suggested other terms",
    "counter_back": "suggested other terms",
    "agree": "agreed to the terms",
    "lapse": "The offer ended",
    "await_release": "A manager's consent is asked for",
    "release": "The manager consented, and work began",
    "start": "began the work",
    "pause": "paused the work",
    "resume": "took the work up again",
    "deliver": "handed over the work",
    "request_changes": "asked for changes",
    "accept_part": "accepted a milestone",
    "accept": "accepted the work",
    "cancel": "ended it",
    "dissolve": "ended it for both",
    "dispute": "asked a leader to look",
    "resolve": "settled it",
    "reinstate": "let the work go on",
    "review": "The reviews are published",
}
_BY_ITSELF = {
    "accept": "The work counts as accepted",
    "accept_part": "The milestone counts as accepted",
    "cancel": "It was called off",
    "dispute": "A leader was asked to look",
    "resolve": "It ended unsettled",
}
_TONES = {
    "agree": "positive",
    "accept": "positive",
    "accept_part": "positive",
    "request_changes": "caution",
    "pause": "caution",
    "cancel": "negative",
    "dissolve": "negative",
    "dispute": "negative",
}
# These are shown with their own words elsewhere on the page, or have none of their own.
_WITHOUT_WORDS = {"deliver", "propose", "counter", "counter_back", "accept", "accept_part"}


def told(facts: Iterable[Activity], people: Mapping[UUID, Person], me: UUID) -> list[dict[str, Any]]:
    """Return what happened as rows of a timeline, newest first."""
    rows = [_row(fact, people, me) for fact in facts if fact.verb in _WORDS or fact.verb == "reminded"]
    return rows[::-1]


def actors(facts: Iterable[Activity]) -> set[UUID]:
    """Return who acted or was reminded."""
    facts = list(facts)
    owners = (UUID(owner) for fact in facts if fact.verb == "reminded" for owner in fact.data.get("owner_ids", ()))
    return {fact.actor_id for fact in facts if fact.actor_id} | set(owners)


def _row(fact: Activity, people: Mapping[UUID, Person], me: UUID) -> dict[str, Any]:
    who = _name(fact.actor_id, people, me)
    return {
        "who": who,
        "text": _reminded(fact, people, me) if fact.verb == "reminded" else _text(fact),
        "at": fact.created_at,
        "note": "" if fact.verb in _WITHOUT_WORDS and fact.actor_id else fact.reason,
        "tone": _TONES.get(fact.verb, ""),
    }


def _text(fact: Activity) -> str:
    milestone = fact.data.get("milestone")
    if fact.actor_id is None:
        return _BY_ITSELF.get(fact.verb, _WORDS[fact.verb])
    elif milestone and fact.verb in ("deliver", "accept_part", "request_changes"):
        verb = {"deliver": "handed over", "accept_part": "accepted", "request_changes": "asked for changes to"}
        return f"{verb[fact.verb]} “{milestone}”"
    elif fact.verb == "lapse":
        return "filled or ended the gig"
    elif fact.verb == "deliver" and fact.from_state == "changes_requested":
        return "handed over the mended work"
    else:
        return _WORDS[fact.verb]


def _reminded(fact: Activity, people: Mapping[UUID, Person], me: UUID) -> str:
    names = [_name(UUID(owner), people, me) for owner in fact.data.get("owner_ids", ())]
    whom = " and ".join(names) if names else "The leaders"
    return f"{whom} {'were' if whom == 'You' or len(names) != 1 else 'was'} reminded"


def _name(member_id: UUID | None, people: Mapping[UUID, Person], me: UUID) -> str:
    if member_id is None:
        return ""
    elif member_id == me:
        return "You"
    person = people.get(member_id)
    return person.name if person else "Somebody"
