"""Alerts: saved searches that tell their owners of new gigs, and what is kept so that each match is told once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from app.alerts.keeping import Kept
from app.core.database import Base, db
from tenants.isolation import TenantLink, TenantRow, tenant_key

_ON = text("state = 'on'")
_SENT = text(
    """
    WITH sent AS (
        UPDATE alert_letters SET state = 'sent', reason = '', sent_at = :now WHERE tenant_id = :tenant_id AND id = :letter_id
    )
    UPDATE alert_matches SET told_at = :now
     WHERE tenant_id = :tenant_id AND letter_id = :letter_id AND gig_id = ANY(CAST(:gigs AS uuid[]))
    """
)


class Alert(Kept, TenantRow, Base):
    """One saved search of a member's. `asked` are the words of its URL; `requires` and `wanted` the same as gigs are held
    against it (see `app.alerts.asking`). What was open before `since` is no news to it.

    `next_at` is when what it found is told; where it tells at once, none until it finds something.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "feed_hash"),
        CheckConstraint("state IN ('on', 'paused')", name="state_known"),
        CheckConstraint("pace IN ('at_once', 'daily', 'weekly')", name="pace_known"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour_known"),
        Index("alerts_member_idx", "tenant_id", "member_id"),
        Index("alerts_next_idx", "tenant_id", "next_at", postgresql_where=_ON),
        Index("alerts_around_idx", "tenant_id", "around", postgresql_where=text("around IS NOT NULL")),
        Index("alerts_expiry_idx", "tenant_id", "expires_at"),
    )

    member_id: Mapped[UUID]
    name: Mapped[str]
    asked: Mapped[dict[str, Any]]
    requires: Mapped[list[str]]
    wanted: Mapped[str | None] = mapped_column(TSQUERY)
    # The one among the keys that names a circle around a place: gigs are held against all circles that there are.
    around: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="on")
    pace: Mapped[str]
    weekday: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    hour: Mapped[int] = mapped_column(SmallInteger, server_default="8")
    in_app: Mapped[bool] = mapped_column(server_default="true")
    by_mail: Mapped[bool] = mapped_column(server_default="true")
    feed_key: Mapped[UUID | None]
    feed_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    since: Mapped[datetime]
    expires_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]


class AlertAnchor(TenantLink, Base):
    """A key without which a gig cannot match an alert, the rarest that it has: of a new gig's keys, few lead to any alert.

    A table rather than an array with an index: an array's operators leak, and under row-level security no index serves them.
    """

    __tablename__ = "alert_anchors"
    __table_args__ = (
        tenant_key("alert_id", "alerts", ondelete="CASCADE"),
        Index("alert_anchors_alert_idx", "tenant_id", "alert_id"),
    )

    anchor: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[UUID] = mapped_column(primary_key=True)


class AlertLetter(TenantRow, Base):
    """What is told to one member at one time: of gigs that their alerts found, or that an alert is about to end. Made once,
    sent once, with a Message-ID that never changes. Where nobody wants mail it is born as `kept`: the list behind the bell
    has said it.
    """

    __tablename__ = "alert_letters"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("ends_id", "alerts", ondelete="CASCADE"),
        CheckConstraint("state IN ('waiting', 'sent', 'skipped', 'kept')", name="state_known"),
        Index("alert_letters_member_idx", "tenant_id", "member_id"),
        Index("alert_letters_ends_idx", "tenant_id", "ends_id"),
    )

    member_id: Mapped[UUID]
    # The alert that ends, where it tells of that.
    ends_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default="waiting")
    reason: Mapped[str] = mapped_column(server_default="")
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    @property
    def is_waiting(self) -> bool:
        return self.state == "waiting"

    def note_sent(self, gig_ids: Sequence[UUID], *, now: datetime) -> None:
        """Note that a mail server, or the local mailbox, has taken it, and which gigs it told of: one statement, as ten thousand
        may leave in a morning. What could not be seen any more stays untold.
        """
        values = {"tenant_id": self.tenant_id, "letter_id": self.id, "gigs": list(gig_ids), "now": now}
        db.session.execute(_SENT, values)
        db.session.expire(self)

    def wait(self, reason: str) -> None:
        """Note why it has not left yet; however long it waits, it is not too old to leave."""
        self.reason = reason

    def skip(self, reason: str) -> None:
        """Note why it is not sent, and never will be."""
        self.state, self.reason = "skipped", reason


class AlertMatch(TenantLink, Base):
    """A gig that an alert has found, once. It waits until a letter takes it; `told_at` is set when that has left.

    `place` is its place in the letter, `because` why it stands there.
    """

    __tablename__ = "alert_matches"
    __table_args__ = (
        tenant_key("alert_id", "alerts", ondelete="CASCADE"),
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("letter_id", "alert_letters", ondelete="CASCADE"),
        CheckConstraint("because IN ('fit', 'fresh', 'rare', 'also')", name="because_known"),
        Index("alert_matches_gig_idx", "tenant_id", "gig_id"),
        Index("alert_matches_letter_idx", "tenant_id", "letter_id"),
        Index("alert_matches_waiting_idx", "tenant_id", "alert_id", postgresql_where=text("letter_id IS NULL")),
    )

    alert_id: Mapped[UUID] = mapped_column(primary_key=True)
    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    fit: Mapped[float]
    found_at: Mapped[datetime]
    letter_id: Mapped[UUID | None]
    place: Mapped[int | None] = mapped_column(Integer)
    because: Mapped[str | None]
    told_at: Mapped[datetime | None]


class AlertWeighing(TenantLink, Base):
    """An open gig as alerts were last asked about it: after a change, only what it did not match before is news."""

    __tablename__ = "alert_weighings"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "gig_id"], ["gigs.tenant_id", "gigs.id"], ondelete="CASCADE"),)

    gig_id: Mapped[UUID] = mapped_column(primary_key=True)
    keys: Mapped[list[str]]
    words: Mapped[str] = mapped_column(TSVECTOR)
    # When it runs out, as the gig says: another moment is another run, and news.
    runs_to: Mapped[datetime | None]
