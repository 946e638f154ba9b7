"""A member raises a hand for a gig."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.activity.recording import record
from app.activity.stateful import NotYours, Stateful
from app.applications.failures import AlreadyApplied
from app.applications.states import APPLICATION
from app.core.database import Base, db
from app.core.transitions import Transition
from app.gigs.models import Gig
from tenants.context import Actor, acting_helper
from tenants.isolation import TenantRow, tenant_key
from tenants.models import one_of


class Application(Stateful, TenantRow, Base):
    """For a request the applicant would do the work; for an offer the applicant would receive it."""

    __tablename__ = "applications"
    __table_args__ = (
        tenant_key("gig_id", "gigs"),
        tenant_key("applicant_id", "members"),
        tenant_key("helper_id", "members"),
        CheckConstraint(one_of("state", APPLICATION.states), name="state_known"),
        Index(
            "applications_one_open_key",
            "tenant_id",
            "gig_id",
            "applicant_id",
            unique=True,
            postgresql_where=text("state IN ('sent', 'shortlisted', 'offered', 'accepted')"),
        ),
        Index("applications_gig_idx", "tenant_id", "gig_id", "state", "id"),
        Index("applications_applicant_idx", "tenant_id", "applicant_id", "state", "id"),
        Index(
            "applications_deadline_idx", "tenant_id", "deadline_at", postgresql_where=text("deadline_at IS NOT NULL")
        ),
        Index("applications_remind_idx", "tenant_id", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
    )

    gig_id: Mapped[UUID]
    applicant_id: Mapped[UUID]
    # Who wrote it for them, where somebody acted for them.
    helper_id: Mapped[UUID | None] = mapped_column(default=acting_helper)
    state: Mapped[str] = mapped_column(server_default="sent")
    note: Mapped[str] = mapped_column(server_default="")
    answers: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    reason: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    state_changed_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    gig: Mapped[Gig] = relationship(viewonly=True)

    machine = APPLICATION

    @property
    def is_waiting(self) -> bool:
        return self.state in ("sent", "shortlisted", "offered")

    @property
    def is_unanswered(self) -> bool:
        """Whether the author has yet to say anything definite."""
        return self.state in ("sent", "shortlisted")

    def is_party(self, member_id: UUID) -> bool:
        return member_id in (self.applicant_id, self.gig.author_id, self.gig.coordinator_id)

    @classmethod
    def send(cls, gig: Gig, *, by: Actor, note: str, answers: list[dict[str, Any]], now: datetime) -> Self:
        """Write down a new application; whether it may be made was asked before (`raise_hand`).

        :raises AlreadyApplied: when the same member was faster, in another tab.
        """
        application = cls(
            gig_id=gig.id,
            applicant_id=by.id,
            state="sent",
            note=note,
            answers=answers,
            reason="",
            created_at=now,
            state_changed_at=now,
        )
        application.set_timer(now=now)
        # The unique index decides between two tabs.
        try:
            with db.session.begin_nested():
                db.session.add(application)
        except IntegrityError:
            raise AlreadyApplied from None
        record("apply", application, by=by, to="sent", **application.facts(by))
        return application

    def shortlist(self, *, by: Actor, now: datetime) -> None:
        """Keep it in view."""
        self.enter(self.step("shortlist", by=by), by=by, now=now)

    def unlist(self, *, by: Actor, now: datetime) -> None:
        """Put it back among the others."""
        self.enter(self.step("unlist", by=by), by=by, now=now)

    def decline(self, *, by: Actor, why: str, now: datetime) -> None:
        """Answer it with a no and the reason."""
        self._answer("decline", by=by, why=why, now=now)

    def withdraw(self, *, by: Actor, now: datetime, why: str = "") -> None:
        """Step back; the row and the reason stay."""
        self._answer("withdraw", by=by, why=why, now=now)

    def turn_down(self, *, by: Actor, why: str, now: datetime) -> None:
        """Step back from the terms that were offered."""
        self._answer("turn_down", by=by, why=why, now=now)

    def offer(self, *, by: Actor, now: datetime) -> None:
        """Be offered the gig: an agreement is proposed."""
        self.enter(self.step("offer", by=by), by=by, now=now)

    def retract(self, *, by: Actor, why: str, now: datetime) -> None:
        """Go back to the short list, when the author takes the offer back."""
        self._answer("retract", by=by, why=why, now=now)

    def accept(self, *, by: Actor, now: datetime) -> None:
        """Be accepted, once both sides stand by the same terms."""
        self.enter(self.step("accept", by=by), by=by, now=now)

    def close(self, *, by: Actor | None, why: str, now: datetime) -> None:
        """Be answered, because the gig filled or ended."""
        self._answer("close", by=by, why=why, now=now)

    def lapse(self, *, why: str, now: datetime) -> None:
        """Be answered by the clock, because the author did not in time."""
        self._answer("lapse", by=None, why=why, now=now)

    def end_waiting(self, *, why: str, now: datetime) -> bool:
        """Be answered when the author let the time pass. Returns False when it has not passed, or somebody was faster."""
        self.lock()
        if self.deadline_at is None or self.deadline_at > now:
            return False
        self.lapse(why=why, now=now)
        return True

    def release(self, *, by: Actor | None, why: str, now: datetime) -> None:
        """End with the agreement that came of it, so that the member is free to apply anew."""
        self._answer("release", by=by, why=why, now=now)

    def _answer(self, verb: str, *, by: Actor | None, why: str, now: datetime) -> None:
        row = self.step(verb, by=by, why=why)
        self.reason = why.strip()
        self.enter(row, by=by, now=now, why=self.reason)

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        if row.by in ("the gig", "the agreement"):
            return
        if by is None:
            allowed = self.ends_by_itself(row)
        else:
            allowed = {
                "gig's author": by.id in (self.gig.author_id, self.gig.coordinator_id),
                "applicant": by.id == self.applicant_id,
                "both": self.is_party(by.id),
            }.get(row.by, False)
        if not allowed:
            raise NotYours

    def facts(self, by: Actor | None) -> dict[str, Any]:
        return {
            "gig_id": self.gig_id,
            "title": self.gig.title,
            "author_id": self.gig.answered_by,
            "applicant_id": self.applicant_id,
            "other_id": self._other(by),
        }

    def _other(self, by: Actor | None) -> UUID | None:
        if by is None or not self.is_party(by.id):
            return None
        return self.gig.answered_by if by.id == self.applicant_id else self.applicant_id
