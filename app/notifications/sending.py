"""A dispatch leaves, or does not: everything is read again at this moment, and asked whether it still holds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.database import db
from app.core.languages import speaking
from app.core.mail import Undeliverable, send
from app.mandates.wording import said_by
from app.notifications.events import Event, event_or_none
from app.notifications.letters import letter_of
from app.notifications.models import Dispatch, Notification
from app.notifications.places import PLACES
from app.notifications.preferences import Wishes, rest_until
from app.notifications.reader import Reader, reader_or_none
from app.notifications.telling import STALE
from app.notifications.topics import TOPICS
from tenants.context import current_tenant_id, tenant
from tenants.models import Member

#: Letters about these leave on any day, however many left before them.
ALWAYS = frozenset({"money", "membership", "plan", "trouble"})


class Unsent(Exception):
    """It is not mailed, and why."""


def deliver(dispatch: Dispatch, *, now: datetime) -> None:
    """Mail what a dispatch is for, or note why not. Its row is locked: two workers never send it at once.

    When this is undone after the mail has left, it is sent again under the same Message-ID.
    """
    notification = db.session.get_one(Notification, (current_tenant_id(), dispatch.notification_id))
    try:
        reader = _reader(notification)
        event, thing = _subject(notification, reader)
        _refuse_unwanted(notification, event, reader, now, waited=bool(dispatch.reason))
        with speaking(reader.actor.locale or tenant.locale):
            letter = letter_of(
                notification,
                event,
                doer=said_by(_name(notification.actor_id), _name(notification.helper_id)),
                thing=thing,
            )
            mail = letter.to(reader.address, message_id=dispatch.message_id, tenant=tenant)
        send(mail)
        dispatch.note_sent(now=now)
    except Unsent as reason:
        dispatch.skip(str(reason))
    except Undeliverable:
        dispatch.skip("refused by the mail server")


def may_wait(dispatch: Dispatch) -> bool:
    """Return whether a letter may wait for tomorrow, where the plan has no room for it today."""
    notification = db.session.get_one(Notification, (current_tenant_id(), dispatch.notification_id))
    event = event_or_none(notification.event)
    return event is not None and event.topic not in ALWAYS


def _reader(notification: Notification) -> Reader:
    reader = reader_or_none(notification.member_id)
    if not tenant.is_open:
        raise Unsent("the marketplace is closed")
    elif reader is None or not reader.is_active:
        raise Unsent("no longer a member")
    elif not reader.is_verified:
        raise Unsent("the address is not verified")
    return reader


def _subject(notification: Notification, reader: Reader) -> tuple[Event, Any]:
    event = event_or_none(notification.event)
    if event is None:
        raise Unsent("no longer told of")
    place = PLACES[event.place]
    thing = place.load(UUID(notification.data["subject"]))
    if thing is None or not place.is_open_to(reader.actor, thing):
        raise Unsent("not for this member to see")
    elif not event.holds(notification, thing):
        raise Unsent("no longer so")
    return event, thing


def _refuse_unwanted(notification: Notification, event: Event, reader: Reader, now: datetime, *, waited: bool) -> None:
    member_id, resting = reader.actor.id, rest_until(reader.actor.id)
    if not Wishes([member_id], [event.topic]).want(member_id, TOPICS[event.topic], "email"):
        raise Unsent("not wanted")
    elif resting is not None and resting > now:
        raise Unsent("no mail wanted for a while")
    elif notification.read_at is not None:
        raise Unsent("read before it was mailed")
    elif now - notification.created_at > STALE and not waited:
        raise Unsent("too old")


def _name(member_id: UUID | None) -> str:
    member = db.session.get(Member, (current_tenant_id(), member_id)) if member_id else None
    return member.name if member else ""
