"""What happened to an agreement, told from its activities."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from app.activity.models import Activity
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import listed
from app.mandates.wording import said_by
from app.profiles.people import Person

_WORDS = {
    "propose": _l("offered the gig on these terms"),
    "counter": _l("suggested other terms"),
    "counter_back": _l("suggested other terms"),
    "agree": _l("agreed to the terms"),
    "lapse": _l("The offer ended"),
    "await_release": _l("A manager's consent is asked for"),
    "release": _l("The manager consented, and work began"),
    "start": _l("began the work"),
    "pause": _l("paused the work"),
    "resume": _l("took the work up again"),
    "deliver": _l("handed over the work"),
    "request_changes": _l("asked for changes"),
    "accept_part": _l("accepted a milestone"),
    "accept": _l("accepted the work"),
    "cancel": _l("ended it"),
    "dissolve": _l("ended it for both"),
    "dispute": _l("asked a leader to look"),
    "resolve": _l("settled it"),
    "reinstate": _l("let the work go on"),
    "review": _l("The reviews are published"),
    "gave_back": _l("gave hours back"),
}
_BY_ITSELF = {
    "accept": _l("The work counts as accepted"),
    "accept_part": _l("The milestone counts as accepted"),
    "cancel": _l("It was called off"),
    "dispute": _l("A leader was asked to look"),
    "resolve": _l("It ended unsettled"),
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
    return {one for fact in facts for one in (fact.actor_id, fact.helper_id) if one} | set(owners)


def _row(fact: Activity, people: Mapping[UUID, Person], me: UUID) -> dict[str, Any]:
    who = _doer(fact, people, me)
    return {
        "who": who,
        "text": _reminded(fact, people, me) if fact.verb == "reminded" else _text(fact),
        "at": fact.created_at,
        "note": "" if fact.verb in _WITHOUT_WORDS and fact.actor_id else fact.reason,
        "tone": _TONES.get(fact.verb, ""),
    }


def _doer(fact: Activity, people: Mapping[UUID, Person], me: UUID) -> str:
    helper, person = (people.get(one) if one else None for one in (fact.helper_id, fact.actor_id))
    # Whoever was acted for reads it as everybody does: it was not them.
    return said_by(person.name, helper.name) if helper and person else _name(fact.actor_id, people, me)


def _text(fact: Activity) -> str:
    milestone = fact.data.get("milestone")
    if fact.actor_id is None:
        return str(_BY_ITSELF.get(fact.verb, _WORDS[fact.verb]))
    elif milestone and fact.verb in ("deliver", "accept_part", "request_changes"):
        return {
            "deliver": _("handed over “%(milestone)s”", milestone=milestone),
            "accept_part": _("accepted “%(milestone)s”", milestone=milestone),
            "request_changes": _("asked for changes to “%(milestone)s”", milestone=milestone),
        }[fact.verb]
    elif fact.verb == "lapse":
        return _("filled or ended the gig")
    elif fact.verb == "deliver" and fact.from_state == "changes_requested":
        return _("handed over the mended work")
    else:
        return str(_WORDS[fact.verb])


def _reminded(fact: Activity, people: Mapping[UUID, Person], me: UUID) -> str:
    owners = [UUID(owner) for owner in fact.data.get("owner_ids", ())]
    if not owners:
        return _("The leaders were reminded")
    elif owners == [me]:
        return _("You were reminded")
    names = listed([_name(owner, people, me) for owner in owners])
    return ngettext("%(names)s was reminded", "%(names)s were reminded", len(owners), names=names)


def _name(member_id: UUID | None, people: Mapping[UUID, Person], me: UUID) -> str:
    if member_id is None:
        return ""
    elif member_id == me:
        return _("You")
    person = people.get(member_id)
    return person.name if person else _("Somebody")
