"""Somebody is asked to lead a project on. What came of it stays: these rows say who led it until when."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.activity.stateful import NotYours, Stateful
from app.core.database import Base
from app.core.languages import lazy_pgettext as _lp
from app.core.transitions import Machine, Transition, Waiting
from tenants.context import Actor
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of

HANDOVER = Machine(
    noun="handover",
    labels={
        "asked": _lp("handover", "Asked"),
        "accepted": _lp("handover", "Taken on"),
        "declined": _lp("handover", "Declined"),
        "taken_back": _lp("handover", "Taken back"),
        "lapsed": _lp("handover", "Not answered"),
    },
    transitions=(
        Transition("take_on", ("asked",), "accepted", "successor", "leads the project from now on"),
        Transition("decline", ("asked",), "declined", "successor", "does not lead it, and says why", needs_reason=True),
        Transition("take_back", ("asked",), "taken_back", "whoever asked", "is not asked any more"),
        Transition("lapse", ("asked",), "lapsed", "the clock", "did not answer in time"),
        Transition("fall_away", ("asked",), "taken_back", "policy", "is not asked any more, since there is no need"),
    ),
    waiting={
        "asked": Waiting(
            "successor", timedelta(days=2), timedelta(days=7), "lapse", "whether they lead the project on"
        ),
    },
)


class Handover(Stateful, TenantRow, Base):
    """`from_id` led when `to_id` was asked, by `asked_by`: the same person, or the client where nobody leads any more."""

    machine = HANDOVER

    __tablename__ = "project_handovers"
    __table_args__ = (
        tenant_key("project_id", "projects", ondelete="CASCADE"),
        tenant_key("from_id", "members"),
        tenant_key("to_id", "members"),
        tenant_key("asked_by", "members"),
        CheckConstraint(one_of("state", HANDOVER.states), name="state_known"),
        CheckConstraint("from_id <> to_id", name="to_somebody_else"),
        Index(
            "project_handovers_open_key",
            "tenant_id",
            "project_id",
            unique=True,
            postgresql_where=text("state = 'asked'"),
        ),
        Index("project_handovers_project_idx", "tenant_id", "project_id", "id"),
        Index("project_handovers_to_idx", "tenant_id", "to_id", postgresql_where=text("state = 'asked'")),
        Index(
            "project_handovers_deadline_idx",
            "tenant_id",
            "deadline_at",
            postgresql_where=text("deadline_at IS NOT NULL"),
        ),
        Index("project_handovers_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
    )

    project_id: Mapped[UUID]
    from_id: Mapped[UUID]
    to_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    state: Mapped[str] = mapped_column(server_default="asked")
    note: Mapped[str] = mapped_column(server_default="")
    answer: Mapped[str] = mapped_column(server_default="")
    asked_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    project: Mapped[Any] = relationship("Project", viewonly=True)

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        if row.by == "policy":
            return
        if by is None:
            allowed = self.ends_by_itself(row)
        elif row.by == "whoever asked":
            allowed = by.id == self.asked_by or self.project.may_be_handed_over_by(by)
        else:
            allowed = by.id == self.to_id
        if not allowed:
            raise NotYours

    def facts(self, by: Actor | None) -> dict[str, Any]:
        return {
            "project_id": self.project_id,
            "title": self.project.title,
            "client_id": self.project.client_id,
            "before_id": self.from_id,
            "successor_id": self.to_id,
            "asked_by": self.asked_by,
        }
