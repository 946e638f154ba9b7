"""How many letters a marketplace's plan has room for in a day. None is lost: what there is no room for today leaves tomorrow.

Letters about money, about somebody's own membership and about trouble always leave, and so do those of accounts: nobody waits for
a code. They count like all others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Integer, UniqueConstraint, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.database import Base, db
from app.core.ids import new_id
from app.core.timers import day_of
from billing.entitlements import current_plan
from tenants.context import tenant
from tenants.isolation import TenantRow, scoped

#: Called once a day, when the day's room is nearly used up.
Warner = Callable[[Any], None]

_warners: list[Warner] = []
#: At so many of a hundred of a day's letters leaders are told.
NEARLY = 80


class MailDay(TenantRow, Base):
    """The letters that left on one day, as the marketplace counts days."""

    __tablename__ = "mail_days"
    __table_args__ = (UniqueConstraint("tenant_id", "day"),)

    day: Mapped[date] = mapped_column(Date)
    sent: Mapped[int] = mapped_column(Integer, server_default="0")
    # When leaders were told that it is nearly full.
    warned_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Posted:
    """How many letters left today, and how many may (None: no end)."""

    sent: int
    most: int | None


def posted(*, now: datetime) -> Posted:
    """Return how many letters of the tenant in force left today, and how many may."""
    sent = select(MailDay.sent).where(scoped(MailDay), MailDay.day == _today(now))
    return Posted(db.session.scalar(sent) or 0, current_plan(now=now).quotas.mails)


def waits_until(*, now: datetime) -> datetime | None:
    """Return when a letter may leave for which there is no room today; None where there is room now.

    Two that are sent at the same moment may both find the last place: a letter too many does no harm, and to let all of a
    marketplace's letters wait for one another would.
    """
    today = posted(now=now)
    if today.most is None or today.sent < today.most:
        return None
    return clock.end_of_day(_today(now), tenant.time_zone)


def note_posted(*, now: datetime) -> None:
    """Count a letter that has left; tell leaders, once a day, when there is room for few more. Last in a transaction: whoever
    counts another waits for it.
    """
    most = current_plan(now=now).quotas.mails
    if most is None:
        return
    counted = insert(MailDay).values(id=new_id(), day=_today(now), sent=1)
    row = db.session.execute(
        counted.on_conflict_do_update(index_elements=["tenant_id", "day"], set_={"sent": MailDay.sent + 1}).returning(
            MailDay.id, MailDay.sent, MailDay.warned_at
        )
    ).one()
    if row.warned_at is None and row.sent * 100 >= most * NEARLY:
        db.session.execute(update(MailDay).where(scoped(MailDay), MailDay.id == row.id).values(warned_at=now))
        for warner in _warners:
            warner(row.id)


def when_nearly_full(warner: Warner) -> Warner:
    """Have a function called with the day's id, in the same transaction, when its room is nearly used up."""
    _warners.append(warner)
    return warner


def _today(now: datetime) -> date:
    return day_of(now, tenant.time_zone)
