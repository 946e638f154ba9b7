"""How patient a marketplace is with unfilled gigs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantLink, scoped

_DAYS = ("before_matches", "before_leaders", "before_around", "before_everybody")


@dataclass(frozen=True, slots=True)
class Patience:
    """Days before each step, from the one before it; how near its due date a gig climbs although somebody waits for an
    answer; and of how many gigs a member is told in a week at most. `climbs` is off where leaders want none of it.
    """

    climbs: bool = True
    before_matches: int = 2
    before_leaders: int = 2
    before_around: int = 3
    before_everybody: int = 4
    near_due: int = 5
    weekly: int = 2

    def before(self, verb: str) -> timedelta:
        """Return how long a gig waits before a step, by the step's verb (`call_matches` and so on)."""
        return timedelta(days=getattr(self, f"before_{verb.removeprefix('call_')}"))


class ClimbSettings(TenantLink, Base):
    """A marketplace's own patience, where its leaders changed it."""

    __tablename__ = "climb_settings"
    __table_args__ = (
        *(CheckConstraint(f"{name} BETWEEN 1 AND 60", name=f"{name}_in_days") for name in _DAYS),
        CheckConstraint("near_due BETWEEN 0 AND 60", name="near_due_in_days"),
        CheckConstraint("weekly BETWEEN 1 AND 20", name="weekly_bounded"),
    )

    climbs: Mapped[bool]
    before_matches: Mapped[int] = mapped_column(Integer)
    before_leaders: Mapped[int] = mapped_column(Integer)
    before_around: Mapped[int] = mapped_column(Integer)
    before_everybody: Mapped[int] = mapped_column(Integer)
    near_due: Mapped[int] = mapped_column(Integer)
    weekly: Mapped[int] = mapped_column(Integer)

    @property
    def patience(self) -> Patience:
        return Patience(**{name: getattr(self, name) for name in NAMES})


NAMES = tuple(Patience.__dataclass_fields__)


def patience() -> Patience:
    """Return how patient the tenant in force is."""
    row = db.session.query(ClimbSettings).where(scoped(ClimbSettings)).one_or_none()
    return row.patience if row else Patience()


def settle(values: dict[str, Any], *, by: Actor) -> None:
    """Let a marketplace be as patient as this from now on: what is already planned keeps its day."""
    before = patience()
    changes = {name: values[name] for name in NAMES if values[name] != getattr(before, name)}
    if changes:
        row = insert(ClimbSettings).values(tenant_id=current_tenant_id(), **{name: values[name] for name in NAMES})
        db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id"], set_=changes))
        told = {name: {"from": getattr(before, name), "to": value} for name, value in changes.items()}
        record("changed_climb", by, by=by, kind="tenant", changes=told)
