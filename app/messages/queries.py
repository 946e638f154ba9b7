"""What the pages of messages read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from app.core.database import db
from app.core.paging import Keyset
from app.gigs.models import Gig
from app.messages.models import Message, Thread, ThreadMark
from tenants.isolation import scoped
from tenants.models import Member

_ME = bindparam("me")
_OTHER_ID = case((Thread.low_id == _ME, Thread.high_id), else_=Thread.low_id)
_LAST = (
    select(Message.body)
    .where(Message.tenant_id == Thread.tenant_id, Message.thread_id == Thread.id, Message.hidden_at.is_(None))
    .order_by(Message.id.desc())
    .limit(1)
    .correlate(Thread)
    .scalar_subquery()
)
_CONVERSATIONS = Keyset(
    select(
        Thread.id,
        Thread.last_message_at,
        Member.name,
        Member.hue,
        Member.picture,
        Gig.title,
        func.left(_LAST, 140).label("last"),
        func.coalesce(ThreadMark.unread, 0).label("unread"),
    )
    .join(Member, and_(Member.tenant_id == Thread.tenant_id, Member.id == _OTHER_ID))
    .join(Gig, and_(Gig.tenant_id == Thread.tenant_id, Gig.id == Thread.gig_id))
    .outerjoin(
        ThreadMark,
        and_(ThreadMark.tenant_id == Thread.tenant_id, ThreadMark.thread_id == Thread.id, ThreadMark.member_id == _ME),
    )
    .where(scoped(Thread), or_(Thread.low_id == _ME, Thread.high_id == _ME), Thread.message_count > 0),
    by=("last_message_at", "id"),
    descending=True,
)
_UNREAD = (
    select(
        Thread.id.label("thread_id"),
        Thread.last_message_at,
        Gig.title,
        ThreadMark.unread,
        Member.id,
        Member.name,
        Member.hue,
        Member.picture,
        Member.standing,
        Member.finished_count,
    )
    .select_from(ThreadMark)
    .join(Thread, and_(Thread.tenant_id == ThreadMark.tenant_id, Thread.id == ThreadMark.thread_id))
    .join(Member, and_(Member.tenant_id == Thread.tenant_id, Member.id == _OTHER_ID))
    .join(Gig, and_(Gig.tenant_id == Thread.tenant_id, Gig.id == Thread.gig_id))
    .where(scoped(ThreadMark), ThreadMark.member_id == _ME, ThreadMark.unread > 0)
    .order_by(Thread.last_message_at, Thread.id)
    .limit(50)
)
_HELPER = aliased(Member)
_MESSAGES = Keyset(
    select(
        Message.id,
        Message.body,
        Message.hidden_at,
        Message.sent_at,
        Message.author_id,
        Member.name,
        Member.hue,
        Member.picture,
        _HELPER.name.label("helper"),
    )
    .join(Member, and_(Member.tenant_id == Message.tenant_id, Member.id == Message.author_id))
    .outerjoin(_HELPER, and_(_HELPER.tenant_id == Message.tenant_id, _HELPER.id == Message.helper_id))
    .where(scoped(Message), Message.thread_id == bindparam("thread_id")),
    by=("id",),
    size=50,
    descending=True,
)
_PARTIES = select(Member.id, Member.name, Member.hue, Member.picture, Member.standing).where(
    scoped(Member), Member.id.in_(bindparam("ids", expanding=True))
)


def conversations(member_id: UUID, *, at: str | None) -> Any:
    """Return a page of a member's threads, the latest talk first."""
    return _CONVERSATIONS.page(at, me=member_id)


def unread_threads(member_id: UUID) -> Sequence[Row[Any]]:
    """Return the threads in which somebody wrote what a member has not read: thread_id, title of its gig, how many `unread`,
    last_message_at, and who wrote; the longest waiting first.
    """
    return db.session.execute(_UNREAD, {"me": member_id}).all()


def messages(thread_id: UUID, *, at: str | None) -> Any:
    """Return a page of a thread, the newest fifty first; show them the other way round."""
    return _MESSAGES.page(at, thread_id=thread_id)


def person(member_id: UUID) -> Row[Any]:
    """Return id, name, hue, picture and standing of a member."""
    return db.session.execute(_PARTIES, {"ids": [member_id]}).one()
