"""A notification as a letter: its sentence, what was said, one thing to do, and how to hear no more of it."""

from typing import Any
from uuid import UUID

from app.core import tokens
from app.core.languages import gettext as _
from app.core.languages import own
from app.notifications.events import Event
from app.notifications.models import Notification
from app.notifications.topics import TOPICS
from tenants.context import tenant
from tenants.links import hall_url, origin
from themes.letters import Letter

_UNSUBSCRIBE = "stop e-mails"


def letter_of(notification: Notification, event: Event, *, doer: str, thing: Any) -> Letter:
    """Return the letter that tells of a notification.

    :param doer: the name of whoever did it, empty where nobody did.
    :param thing: what the notification leads to.
    """
    topic = TOPICS[event.topic]
    quote = event.quoting(notification, thing) if event.quoting else notification.quote
    explained = [notification.detail] if notification.detail else []
    return Letter(
        subject=sentence(notification.title, doer),
        # Whoever said something has the first word.
        paragraphs=[] if quote else explained,
        quote=quote,
        action=(event.action, origin(tenant.host) + notification.path),
        after=explained if quote else [],
        why=_("You get this because %(why)s", why=topic.why),
        preferences=hall_url(tenant, "notifications.settings"),
        unsubscribe=unsubscribe_url(notification.member_id, topic.slug),
    )


def sentence(title: str, doer: str) -> str:
    """Return a notification's title as a whole sentence."""
    return f"{own(doer)} {title}" if doer else title


def unsubscribe_url(member_id: UUID, topic: str) -> str:
    """Return the address that stops a member's e-mails about a topic with one POST, signed in or not."""
    token = tokens.sign([tenant.id, member_id.hex, topic], _UNSUBSCRIBE)
    return hall_url(tenant, "notifications.unsubscribe", token=token)


def unsubscribed(token: str) -> tuple[UUID, str] | None:
    """Return whose e-mails about which topic an address stops, or None when it is none of this tenant's."""
    kept = tokens.unsign(token, _UNSUBSCRIBE)
    if not isinstance(kept, list) or len(kept) != 3 or kept[0] != tenant.id or kept[2] not in TOPICS:
        return None
    return UUID(kept[1]), kept[2]
