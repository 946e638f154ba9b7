"""The e-mails that members get, one for each row of the table of events, made by the same hands with sample facts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.activity.models import Activity
from app.core import clock
from app.core.ids import new_id
from app.notifications.events import EVENTS, Event, Fact
from app.notifications.letters import letter_of
from app.notifications.models import Notification
from app.notifications.places import PLACES
from tenants.context import TenantInfo, tenant_context
from themes.letters import Letter

HALL = TenantInfo(
    id=0, slug="designers", host="designers.localhost", name="Ligature", kind="community", status="active",
    tagline="Two letters that sit better together", time_zone="Europe/London", locale="en", currency="GBP",
    preset="atelier", brand_colour="#a8322a", who_may_see="anyone", who_may_join="open", who_may_post="members",
    rules_version=1,
)  # fmt: skip

_DOER = "Orla Finch"
_SAID = "Could you come and see the wall next week?\nTuesday is market day; any other day suits."


def event_letters() -> dict[str, Letter]:
    """Return a letter for every event, by the event's name."""
    with tenant_context(HALL):
        return {event.name: _letter(event) for event in EVENTS}


def _letter(event: Event) -> Letter:
    fact = Fact(_activity(event))
    # What it would look up of the thing it is about is made up here.
    told = replace(event, says=None, quoting=None)
    speaks = event.says is not None or event.quoting is not None
    doer = _DOER if told.doer(fact) else ""
    notification = Notification(
        member_id=new_id(),
        event=event.name,
        title=told.sentence(fact),
        detail=told.explanation(fact),
        quote=_SAID if speaks or told.quote(fact) else "",
        path=PLACES[event.place].path.format(id=fact.subject),
    )
    return letter_of(notification, told, doer=doer, thing=None)


def _activity(event: Event) -> Activity:
    now = clock.now()
    people: dict[str, Any] = {
        name: str(new_id()) for name in ("author_id", "applicant_id", "client_id", "gig_id", "category_id")
    }
    return Activity(
        id=new_id(),
        actor_id=new_id() if event.title else None,
        verb=event.verb,
        subject_kind=event.kind,
        subject_id=new_id(),
        reason="The dates don't work out this time." if event.title else "",
        data=people
        | {
            "title": "Redraw our bakery's sign lettering",
            "name": "Noor Hadid",
            "into": "Lettering",
            "list": "gigs",
            "created": 24,
            "number": 3,
            "deed": "application.apply",
            "minor": 24000,
            "currency": "GBP",
            "refused": 2,
            "given": ["moderator"],
            "outcome": "partly",
            "role": "Lettering",
            "rule": "Kindness.",
            "deeds": ["post", "write"],
            "application_ids": [str(new_id()) for _ in range(3)],
            "resume_on": (now.date() + timedelta(days=9)).isoformat(),
            "expires_at": (now + timedelta(days=3)).isoformat(),
            "until": (now + timedelta(days=5)).isoformat(),
        },
        created_at=now,
    )
