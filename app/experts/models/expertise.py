"""What a member is vetted for, and until when."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.categories.models import Category
from app.categories.offices import TermOfOffice, last_to_remind_of, reminder_due
from app.core import clock
from app.core.database import Base, db
from app.core.timers import day_of
from tenants.context import current_tenant_id
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Member, Tenant

if TYPE_CHECKING:
    from app.experts.models.deciding import Deciding


class Expertise(TenantRow, Base):
    """A category, or one skill in it, at a level, until its last day. While any of theirs runs, the member is an expert of
    the category: a term of office, which ends with the last of them.
    """

    __tablename__ = "expertises"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        tenant_key("skill_id", "skills", ondelete="CASCADE"),
        tenant_key("vetting_id", "vettings", ondelete="CASCADE"),
        CheckConstraint("valid_until >= since", name="span_in_order"),
        Index(
            "expertises_running_key",
            "tenant_id",
            "member_id",
            "category_id",
            "skill_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("expertises_category_idx", "tenant_id", "category_id", postgresql_where=text("ended_at IS NULL")),
        Index("expertises_ends_idx", "tenant_id", "valid_until", postgresql_where=text("ended_at IS NULL")),
        Index("expertises_vetting_idx", "tenant_id", "vetting_id"),
    )

    member_id: Mapped[UUID]
    category_id: Mapped[UUID]
    skill_id: Mapped[UUID | None]
    # The request that it came of, the newest where it was renewed.
    vetting_id: Mapped[UUID]
    level: Mapped[str] = mapped_column(server_default="")
    evidence: Mapped[str] = mapped_column(server_default="")
    since: Mapped[date]
    valid_until: Mapped[date]
    ended_at: Mapped[datetime | None]
    # Of the reminders the last that was given, in days before the end.
    reminded: Mapped[int | None] = mapped_column(Integer)

    @classmethod
    def grant(cls, vetting: "Deciding", *, level: str, until: date, now: datetime) -> "Expertise":
        """Let what was asked for hold until a day, anew or on from before, and return it. The role follows."""
        close_over(now=now, member_id=vetting.member_id)
        kept = running(vetting.member_id, vetting.category_id, vetting.skill_id)
        if kept is None:
            whose = {"member_id": vetting.member_id, "category_id": vetting.category_id, "skill_id": vetting.skill_id}
            kept = cls(**whose, since=_today(now))
            db.session.add(kept)
        kept.vetting_id, kept.level, kept.evidence = vetting.id, level, vetting.evidence
        kept.valid_until, kept.reminded = until, None
        category = db.session.get_one(Category, (current_tenant_id(), vetting.category_id))
        member = db.session.get_one(Member, (current_tenant_id(), vetting.member_id))
        TermOfOffice.vet(category, member, until, now=now)
        return kept

    def note(self, verb: str) -> None:
        """Write down what the clock did with it."""
        category = db.session.get_one(Category, (current_tenant_id(), self.category_id))
        facts = {"member_id": self.member_id, "vetting_id": self.vetting_id, "title": category.name}
        record(verb, self, by=None, until=end_of(self.valid_until).isoformat(), **facts)


def running(member_id: UUID, category_id: UUID, skill_id: UUID | None) -> Expertise | None:
    """Return what a member is vetted for, locked until the transaction ends, or None."""
    theirs = (Expertise.member_id == member_id, Expertise.category_id == category_id)
    for_it = Expertise.skill_id.is_not_distinct_from(skill_id)
    found = select(Expertise).where(scoped(Expertise), *theirs, for_it, Expertise.ended_at.is_(None))
    return db.session.scalars(found.with_for_update()).one_or_none()


def close_over(*, now: datetime, **whose: UUID) -> int:
    """Put on record what holds no longer, tell whose it was, and return of how many."""
    over = select(Expertise).where(scoped(Expertise), Expertise.ended_at.is_(None), Expertise.valid_until < _today(now))
    ended = db.session.scalars(over.filter_by(**whose).with_for_update()).all()
    for one in ended:
        one.ended_at = end_of(one.valid_until)
        one.note("ran_out")
    db.session.flush()
    return len(ended)


def remind_of_ends(*, now: datetime) -> int:
    """Remind of what ends within thirty days, and again within seven; return of how many."""
    today, count = _today(now), 0
    soon = Expertise.valid_until.between(today, last_to_remind_of(today))
    kept = select(Expertise).where(scoped(Expertise), Expertise.ended_at.is_(None), soon)
    for one in db.session.scalars(kept.order_by(Expertise.valid_until).with_for_update(skip_locked=True)):
        due = reminder_due(one.valid_until, today)
        if due is not None and (one.reminded is None or one.reminded > due):
            one.reminded = due
            one.note("ends_soon")
            count += 1
    return count


def end_of(last_day: date) -> datetime:
    """Return the moment at which a day is over where the marketplace is."""
    return clock.end_of_day(last_day, _zone())


def _zone() -> str:
    return db.session.get_one(Tenant, current_tenant_id()).time_zone


def _today(now: datetime) -> date:
    return day_of(now, _zone())
