"""What Stripe tells us: kept once, answered at once, and followed later by asking Stripe how things stand now.

Nothing of what a webhook says about money is believed or kept; it only names the object that changed. So it does not matter
in which order they come, how late, or how often.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.config import WEBHOOKS
from app.core.database import Base, db
from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l
from tenants.models import one_of

#: It waits to be followed; it was; there is nothing to follow; every try failed.
STATES = ("waiting", "done", "ignored", "failed")


# Where an object of Stripe's names another that is made before it.
_HANGS_ON = (
    "customer", "subscription", "payment_intent", "charge", "source_transaction", "destination", "transfer_group"
)  # fmt: skip


class Unreadable(ValueError):
    """A signed body that tells of no event."""


class NoSuchEvent(NotFound):
    message = _l("Stripe has not told of such an event, or it was more than thirteen months ago.")


class Swept(Conflict):
    message = _l(
        "This event is older than ninety days, and what it was about is no longer kept, so it cannot be followed once more. "
        "Every night all that is ours is compared with Stripe: that finds what is missing."
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What is taken from a webhook: which event, of what type, in whose account, about which object.

    `hangs_on` names what its object hangs on (an invoice on a customer): by these, too, we may know whose it is.
    """

    event_id: str
    type: str
    account: str | None
    object_kind: str
    object_id: str
    created_at: datetime
    hangs_on: tuple[str, ...] = ()

    @classmethod
    def of(cls, body: bytes) -> "Told":
        """Return what a body tells of.

        :raises Unreadable: when it is no event.
        """
        try:
            event: dict[str, Any] = json.loads(body)
            about: dict[str, Any] = event["data"]["object"]
            account = event.get("account")
            kind, of = str(about["object"]), str(about.get("id", ""))
            if event["type"].startswith("account."):
                # Its object may be the application whose access ended; it is the account that we look at.
                kind, of = "account", account or of
            texts = (str(event["id"]), str(event["type"]), account if account is None else str(account), kind, of)
            hangs_on = _names(about)
            created_at = datetime.fromtimestamp(int(event["created"]), UTC)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as problem:
            raise Unreadable(type(problem).__name__) from None
        if any("\0" in (one or "") or len(one or "") > 200 for one in (*texts, *hangs_on)):
            raise Unreadable("a name that is none")
        return cls(*texts, created_at, hangs_on)


def _names(about: dict[str, Any]) -> tuple[str, ...]:
    named = (about.get(name) for name in _HANGS_ON)
    return tuple(one["id"] if isinstance(one, dict) else str(one) for one in named if one)


class InboxEvent(Base):
    """One event of which one endpoint was told. It carries no tenant: whose it is, its account says."""

    __tablename__ = "inbox"
    __table_args__ = (
        CheckConstraint(one_of("source", WEBHOOKS), name="source_known"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        Index("inbox_unfinished_idx", "received_at", postgresql_where=text("state IN ('waiting', 'failed')")),
        # What operators ask for: the last, and those of one object or account.
        Index("inbox_newest_idx", "received_at", "source", "event_id"),
        Index("inbox_object_idx", "object_id"),
        Index(
            "inbox_to_sweep_idx",
            "received_at",
            postgresql_where=text("state IN ('done', 'ignored') AND swept_at IS NULL"),
        ),
        Index("inbox_account_idx", "account", "received_at"),
    )

    source: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    account: Mapped[str | None]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    created_at: Mapped[datetime]
    hangs_on: Mapped[list[str]] = mapped_column(server_default="{}")
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(server_default="waiting")
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    problem: Mapped[str] = mapped_column(server_default="")
    ended_at: Mapped[datetime | None]
    # When what it was about was forgotten; then `object_id` is empty, and nothing can be asked of Stripe for it.
    swept_at: Mapped[datetime | None]


def keep(source: str, told: Told, *, now: datetime) -> bool:
    """Keep an event; return False when it was kept before."""
    columns = {name: getattr(told, name) for name in Told.__slots__} | {"hangs_on": list(told.hangs_on)}
    new = insert(InboxEvent).values(source=source, received_at=now, **columns)
    kept = new.on_conflict_do_nothing(index_elements=["source", "event_id"]).returning(InboxEvent.event_id)
    return db.session.execute(kept).scalar_one_or_none() is not None


def event_or_404(source: str, event_id: str) -> InboxEvent:
    """Return a kept event.

    :raises NoSuchEvent: when there is none.
    """
    found = db.session.get(InboxEvent, (source, event_id))
    if found is None:
        raise NoSuchEvent
    return found


def waiting_about(event: InboxEvent) -> list[str]:
    """Return the events of the same endpoint about the same object that were not followed yet."""
    same = (
        InboxEvent.source == event.source,
        InboxEvent.object_id == event.object_id,
        InboxEvent.object_kind == event.object_kind,
        InboxEvent.account.is_not_distinct_from(event.account),
        InboxEvent.state.in_(("waiting", "failed")),
    )
    return list(db.session.scalars(select(InboxEvent.event_id).where(*same)))


def end(source: str, event_ids: Sequence[str], state: str, *, now: datetime, problem: str = "") -> None:
    """Write down what became of events."""
    db.session.execute(
        update(InboxEvent)
        .where(InboxEvent.source == source, InboxEvent.event_id.in_(event_ids))
        .values(state=state, ended_at=now, problem=problem[:500])
    )


def newest(*, state: str | None = None, most: int = 50) -> list[InboxEvent]:
    """Return the events that came last, perhaps only those in one state."""
    found = select(InboxEvent).order_by(InboxEvent.received_at.desc(), InboxEvent.event_id).limit(most)
    return list(db.session.scalars(found if state is None else found.where(InboxEvent.state == state)))
