"""Threads between the two people of a gig."""

from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, Text, UniqueConstraint, Uuid, cast, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.core.errors import Forbidden
from app.core.ids import new_id
from app.core.languages import lazy_gettext as _l
from app.profiles.blocks import are_apart
from tenants.context import Actor, acting_helper, current_tenant_id, helper_of
from tenants.isolation import TenantLink, TenantRow, scoped, tenant_key
from tenants.models import Member


class KeptApart(Forbidden):
    message = _l("You can't write to this person here.")


class Thread(TenantRow, Base):
    """The talk between two members about one gig. `low_id < high_id`, so that a pair has one thread per gig."""

    __tablename__ = "threads"
    __table_args__ = (
        tenant_key("gig_id", "gigs"),
        tenant_key("low_id", "members"),
        tenant_key("high_id", "members"),
        UniqueConstraint("tenant_id", "gig_id", "low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="pair_in_order"),
        Index("threads_low_idx", text("tenant_id"), text("low_id"), text("last_message_at DESC")),
        Index("threads_high_idx", text("tenant_id"), text("high_id"), text("last_message_at DESC")),
    )

    gig_id: Mapped[UUID]
    low_id: Mapped[UUID]
    high_id: Mapped[UUID]
    created_at: Mapped[datetime]
    last_message_at: Mapped[datetime]
    message_count: Mapped[int] = mapped_column(Integer, server_default="0")

    @classmethod
    def between(cls, one: UUID, other: UUID, *, gig_id: UUID, now: datetime) -> Self:
        """Return the thread of two members about a gig, begun now if there was none."""
        low, high = sorted((one, other))
        statement = insert(cls).values(
            tenant_id=current_tenant_id(), id=new_id(), gig_id=gig_id, low_id=low, high_id=high,
            created_at=now, last_message_at=now,
        )  # fmt: skip
        db.session.execute(statement.on_conflict_do_nothing())
        pair = (cls.gig_id == gig_id, cls.low_id == low, cls.high_id == high)
        return db.session.scalars(select(cls).where(scoped(cls), *pair)).one()

    def post(self, body: str, *, by: Actor, now: datetime) -> "Message":
        """Return the new message; the other side's mark counts it as unread.

        :raises KeptApart: when either has blocked the other, or the other is no longer here.
        """
        other_id = self.other(by.id)
        here = _lock(self.low_id, self.high_id)
        if other_id not in here or are_apart(by.id, other_id):
            raise KeptApart
        message = Message(thread_id=self.id, author_id=by.id, body=body, sent_at=now)
        db.session.add(message)
        self.last_message_at = now
        self.message_count = Thread.message_count + 1
        db.session.flush()
        _mark_unread(self, other_id)
        self.read(by=by)
        record("wrote", self, by=by, to_member=other_id, gig_id=self.gig_id, message_id=message.id)
        return message

    def read(self, *, by: Actor) -> int:
        """Note that one side has seen everything so far. Return how many messages were new to them.

        What somebody reads for them stays new to them.
        """
        if helper_of(by.id) is not None:
            return 0
        _lock(by.id)
        marked = select(ThreadMark.unread).where(
            scoped(ThreadMark), ThreadMark.thread_id == self.id, ThreadMark.member_id == by.id
        )
        unread = db.session.scalar(marked) or 0
        newest = select(func.max(cast(Message.id, Text))).where(scoped(Message), Message.thread_id == self.id)
        mark = insert(ThreadMark).values(
            tenant_id=self.tenant_id, thread_id=self.id, member_id=by.id, unread=0,
            read_to=cast(newest.scalar_subquery(), Uuid),
        )  # fmt: skip
        db.session.execute(
            mark.on_conflict_do_update(
                index_elements=["tenant_id", "thread_id", "member_id"],
                set_={"read_to": mark.excluded.read_to, "unread": 0},
            )
        )
        if unread:
            _count_unread(by.id, -unread)
        return unread

    def is_party(self, member_id: UUID) -> bool:
        return member_id in (self.low_id, self.high_id)

    def other(self, member_id: UUID) -> UUID:
        """Return the party that `member_id` is not."""
        return self.high_id if member_id == self.low_id else self.low_id


class Message(TenantRow, Base):
    """One message. Its id orders the thread."""

    __tablename__ = "messages"
    __table_args__ = (
        tenant_key("thread_id", "threads", ondelete="CASCADE"),
        tenant_key("author_id", "members"),
        tenant_key("helper_id", "members"),
        Index("messages_thread_idx", "tenant_id", "thread_id", "id"),
    )

    thread_id: Mapped[UUID]
    author_id: Mapped[UUID]
    # Who wrote it for them, where somebody acted for them.
    helper_id: Mapped[UUID | None] = mapped_column(default=acting_helper)
    body: Mapped[str]
    sent_at: Mapped[datetime]
    # Since when moderators keep it from being read.
    hidden_at: Mapped[datetime | None]


class ThreadMark(TenantLink, Base):
    """How far one party has read, and up to where they were told by e-mail."""

    __tablename__ = "thread_marks"
    __table_args__ = (
        tenant_key("thread_id", "threads", ondelete="CASCADE"),
        tenant_key("member_id", "members", ondelete="CASCADE"),
    )

    thread_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    read_to: Mapped[UUID | None]
    mailed_to: Mapped[UUID | None]
    unread: Mapped[int] = mapped_column(Integer, server_default="0")


def _lock(*member_ids: UUID) -> set[UUID]:
    """Return who of them is here, each locked: what is unread changes under the lock of whoever is to read it.

    Members before anything else and in one order, as whoever tells them does: neither waits for the other in a circle.
    """
    rows = db.session.execute(
        select(Member.id, Member.standing)
        .where(scoped(Member), Member.id.in_(member_ids))
        .order_by(Member.id)
        .with_for_update(key_share=True)
    )
    return {row.id for row in rows if row.standing == "active"}


def _mark_unread(thread: Thread, member_id: UUID) -> None:
    mark = insert(ThreadMark).values(tenant_id=thread.tenant_id, thread_id=thread.id, member_id=member_id, unread=1)
    db.session.execute(
        mark.on_conflict_do_update(
            index_elements=["tenant_id", "thread_id", "member_id"], set_={"unread": ThreadMark.unread + 1}
        )
    )
    _count_unread(member_id, 1)


def _count_unread(member_id: UUID, by: int) -> None:
    db.session.execute(
        update(Member)
        .where(scoped(Member), Member.id == member_id)
        .values(unread_messages=Member.unread_messages + by)
        .execution_options(synchronize_session=False)
    )
