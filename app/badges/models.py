"""Who has earned what, and which badges a marketplace does without."""

from collections.abc import Collection
from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

from sqlalchemy import CheckConstraint, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.badges.rules import RULES, SETTLE
from app.core.database import Base, db
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantLink, scoped, tenant_key
from tenants.models import Member, one_of
from tenants.versions import touch


class Badge(TenantLink, Base):
    """A badge that a member has earned, since the moment at which it was seen. The rules write it and take it away; there is
    no other way to have one.
    """

    __tablename__ = "badges"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint(one_of("badge", tuple(RULES)), name="badge_known"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    badge: Mapped[str] = mapped_column(primary_key=True)
    earned_at: Mapped[datetime]


class BadgeOff(TenantLink, Base):
    """A badge that a marketplace's leaders have switched off: earned as before, shown to nobody."""

    __tablename__ = "badges_off"
    shown_in = ("people",)
    __table_args__ = (CheckConstraint(one_of("badge", tuple(RULES)), name="badge_known"),)

    badge: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]

    @classmethod
    def switch_off(cls, badge: str, *, by: Actor, now: datetime) -> None:
        """Show a badge to nobody; doing it twice changes nothing."""
        row = insert(cls).values(tenant_id=current_tenant_id(), badge=badge, since=now)
        if db.session.execute(row.on_conflict_do_nothing().returning(cls.badge)).first() is not None:
            _note("switched_off_badge", badge, by)

    @classmethod
    def switch_on(cls, badge: str, *, by: Actor) -> None:
        """Show it again to everybody."""
        gone = delete(cls).where(scoped(cls), cls.badge == badge).returning(cls.badge)
        if db.session.execute(gone).first() is not None:
            _note("switched_on_badge", badge, by)


def settle(member_ids: Collection[UUID] | None, *, now: datetime) -> None:
    """Let these members, or everybody, have exactly the badges that the rules give them now."""
    db.session.flush()
    if member_ids is not None:
        # One after the other: whoever counted before a fact was gone would else write after whoever counted since.
        rows = select(Member.id).where(scoped(Member), Member.id.in_(member_ids)).order_by(Member.id)
        db.session.execute(rows.with_for_update(key_share=True))
    values = {
        "tenant_id": current_tenant_id(),
        "ids": None if member_ids is None else sorted(member_ids),
        "now": now,
    }
    changes = db.session.execute(SETTLE, values).all()
    for row in changes:
        record(
            "earn" if row.is_new else "lose", SimpleNamespace(id=row.member_id), by=None, kind="badge", badge=row.badge
        )
    if changes:
        touch("people")


def _note(verb: str, badge: str, by: Actor) -> None:
    record(verb, SimpleNamespace(id=by.id), by=by, kind="badges", badge=badge)
    touch("people")
