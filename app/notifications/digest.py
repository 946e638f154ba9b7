"""Messages by e-mail: one mail for all that was written in a thread since the last one and is still unread."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.core.database import db
from app.core.languages import ngettext, speaking
from app.gigs.models import Gig
from app.messages.models import Message, Thread, ThreadMark
from app.notifications.models import Notification
from app.notifications.places import PLACES
from app.notifications.preferences import Wishes
from app.notifications.telling import prepare_mail
from app.notifications.topics import TOPICS
from tenants.context import current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Member

#: How long a conversation may go on before a mail tells of it.
DELAY = timedelta(minutes=10)

_EVENT = "thread.wrote"
_TOPIC = TOPICS["messages"]


def gather(thread_id: UUID, member_id: UUID, *, now: datetime) -> list[UUID]:
    """Fix which messages the next mail to a member tells of, and return its dispatch; nothing when all is read or told.

    What it tells is decided here, once: a mail that has to be sent again says the same and no more.
    """
    thread = db.session.get(Thread, (current_tenant_id(), thread_id))
    mark = db.session.get(ThreadMark, (current_tenant_id(), thread_id, member_id), with_for_update=True)
    if thread is None or mark is None or not Wishes([member_id], ["messages"]).want(member_id, _TOPIC, "email"):
        return []
    after = max((seen for seen in (mark.read_to, mark.mailed_to) if seen), default=None)
    untold = _untold(thread_id, member_id, after)
    if not untold:
        return []
    mark.mailed_to = untold[-1]
    with speaking(_language_of(member_id)):
        notification = _notification(thread, member_id, after=after, messages=untold, now=now)
    db.session.add(notification)
    db.session.flush()
    return prepare_mail([notification.id])


def _language_of(member_id: UUID) -> str:
    member = db.session.get(Member, (current_tenant_id(), member_id))
    return (member.locale if member else "") or tenant.locale


def _untold(thread_id: UUID, member_id: UUID, after: UUID | None) -> list[UUID]:
    messages = select(Message.id).where(scoped(Message), Message.thread_id == thread_id, Message.author_id != member_id)
    if after is not None:
        messages = messages.where(Message.id > after)
    return list(db.session.scalars(messages.order_by(Message.id)))


def _notification(
    thread: Thread, member_id: UUID, *, after: UUID | None, messages: list[UUID], now: datetime
) -> Notification:
    gig = db.session.get_one(Gig, (thread.tenant_id, thread.gig_id))
    return Notification(
        member_id=member_id,
        actor_id=thread.other(member_id),
        event=_EVENT,
        source=f"mail:{thread.id}:{messages[-1]}",
        title=ngettext(
            "wrote to you about “%(title)s”",
            "sent you %(num)s messages about “%(title)s”",
            len(messages),
            title=gig.title,
        ),
        path=PLACES["thread"].path.format(id=thread.id),
        data={"subject": str(thread.id), "after": str(after) if after else None, "to": str(messages[-1])},
        listed=False,
        created_at=now,
    )
