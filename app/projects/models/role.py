"""A role: a gig of the project's, the person whom the coordinator has in view for it, and the part they would play."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agreements.models import Agreement
from app.agreements.states import BINDING
from app.agreements.terms import Terms
from app.applications.models import Application
from app.core.database import Base, db
from app.gigs.models import Gig
from app.mandates.acting import refuse_self_dealing
from app.projects.failures import Answered, NotForYourself, StalePart, TooLate
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key


class Role(TenantRow, Base):
    """Whoever plays it has an agreement under its gig, and so had everybody who played it before: the agreements are the
    record, this row only says who is in view.

    `round` counts the parts that were put to somebody: a yes counts for the one they read. `accepted_round` is the one that
    the client took.
    """

    __tablename__ = "project_roles"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("project_id", "projects", ondelete="CASCADE"),
        # A draft that nobody ever saw goes with whoever leaves.
        tenant_key("gig_id", "gigs", ondelete="CASCADE"),
        tenant_key("waits_for_id", "project_roles"),
        tenant_key("application_id", "applications"),
        tenant_key("worker_id", "members"),
        UniqueConstraint("tenant_id", "gig_id"),
        CheckConstraint("(application_id IS NULL) = (worker_id IS NULL)", name="one_person_in_view"),
        CheckConstraint("agreed_at IS NULL OR asked_at IS NOT NULL", name="asked_before_agreed"),
        CheckConstraint("waits_for_id IS NULL OR waits_for_id <> id", name="waits_for_another"),
        Index("project_roles_project_idx", "tenant_id", "project_id", "position"),
        Index("project_roles_worker_idx", "tenant_id", "worker_id"),
    )

    project_id: Mapped[UUID]
    gig_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    phase: Mapped[str] = mapped_column(server_default="")
    waits_for_id: Mapped[UUID | None]
    round: Mapped[int] = mapped_column(Integer, server_default="0")
    accepted_round: Mapped[int | None] = mapped_column(Integer)
    terms: Mapped[dict[str, Any] | None]
    application_id: Mapped[UUID | None]
    worker_id: Mapped[UUID | None]
    asked_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    gig: Mapped[Gig] = relationship(viewonly=True)
    application: Mapped[Application | None] = relationship(viewonly=True)

    @property
    def part(self) -> Terms:
        """The terms that were put to whoever is in view."""
        return Terms.from_json(self.terms or {"title": self.gig.title})

    @property
    def was_taken(self) -> bool:
        """Whether the client took the part as it stands: its agreement says the rest."""
        return self.accepted_round is not None and self.accepted_round == self.round

    @property
    def is_ready(self) -> bool:
        """Whether somebody stands by their part, and the client has not taken it yet."""
        said_yes = self.agreed_at is not None and not self.was_taken and self.dropped_at is None
        return said_yes and self.application is not None and self.application.is_unanswered

    def agreements(self) -> list[Agreement]:
        """Return everybody's agreement in this role, the first first: whoever was replaced keeps theirs."""
        found = select(Agreement).where(scoped(Agreement), Agreement.gig_id == self.gig_id)
        return list(db.session.scalars(found.order_by(Agreement.id)))

    def held(self) -> Agreement | None:
        """Return the agreement that binds somebody to this role now."""
        return next((one for one in reversed(self.agreements()) if one.state in BINDING), None)

    def put_to(self, application: Application, terms: Terms, *, by: Actor, now: datetime) -> None:
        """Put a part to somebody who raised a hand; they say yes or no to it.

        :raises TooLate: when somebody plays the role already, or it was left out.
        :raises Answered: when they stepped back meanwhile.
        :raises NotForYourself: when it is the coordinator.
        :raises HelperAndHelped: when they act for the coordinator, or the coordinator for them.
        """
        if self.dropped_at is not None or self.held() is not None:
            raise TooLate
        if application.applicant_id == by.id:
            raise NotForYourself
        # A mandate may have begun since they raised their hand.
        refuse_self_dealing(by.id, application.applicant_id)
        application.lock()
        if application.gig_id != self.gig_id or not application.is_unanswered:
            raise Answered
        if application.state == "sent":
            application.shortlist(by=by, now=now)
        self.round += 1
        self.terms, self.application_id, self.worker_id = terms.as_json(), application.id, application.applicant_id
        self.asked_at, self.agreed_at = now, None

    def say_yes(self, *, by: Actor, seen: int, now: datetime) -> None:
        """Stand by the part: once the client takes the offer, it is agreed.

        :param seen: the round that `by` read.
        :raises StalePart: when another was put to them meanwhile, or to somebody else.
        """
        self._refuse_stale(by, seen)
        self.agreed_at = now

    def say_no(self, *, by: Actor, seen: int) -> None:
        """Leave the part; the role looks for somebody again.

        :raises StalePart: as `say_yes`.
        """
        self._refuse_stale(by, seen)
        self.empty()

    def empty(self) -> None:
        """Have nobody in view."""
        self.round += 1
        self.terms = self.application_id = self.worker_id = self.asked_at = self.agreed_at = None

    def _refuse_stale(self, by: Actor, seen: int) -> None:
        if self.worker_id != by.id or self.round != seen or self.was_taken or self.asked_at is None:
            raise StalePart
        if self.application is None or not self.application.is_unanswered:
            raise Answered
