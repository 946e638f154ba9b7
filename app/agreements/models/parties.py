"""The two sides of an agreement, and the locks and checks that every verb of it begins with."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from app.activity.stateful import NotYours, Stateful
from app.agreements.failures import NotYourTurn, OwnDispute
from app.agreements.models.delivery import Delivery
from app.agreements.models.milestone import Milestone
from app.agreements.states import BINDING
from app.core.database import db
from app.core.transitions import Transition
from app.mandates.acting import refuse_self_dealing
from tenants.context import Actor, helper_of
from tenants.isolation import scoped

if TYPE_CHECKING:
    from app.applications.models import Application
    from app.gigs.models import Gig

_LEADERS = ("leader", "admin", "moderator")


class Parties(Stateful):
    """Client and worker; author and applicant of the gig are the same two people the one or the other way round."""

    gig_id: UUID
    application_id: UUID
    client_id: UUID
    worker_id: UUID
    asked_id: UUID | None
    title: str
    agreed_at: datetime | None
    disputed_at: datetime | None
    starts_on: date | None
    due_on: date | None
    gig: "Gig"
    application: "Application"

    def is_party(self, member_id: UUID) -> bool:
        return member_id in (self.client_id, self.worker_id)

    def other(self, member_id: UUID) -> UUID:
        """Return the party that `member_id` is not."""
        return self.worker_id if member_id == self.client_id else self.client_id

    @property
    def is_binding(self) -> bool:
        """Whether both stand by it and it is not over."""
        return self.state in BINDING

    @property
    def was_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def was_disputed(self) -> bool:
        return self.disputed_at is not None

    def milestones(self) -> list[Milestone]:
        """Return the parts of the work in their order; none before it is agreed."""
        return list(
            db.session.scalars(
                select(Milestone)
                .where(scoped(Milestone), Milestone.agreement_id == self.id)
                .order_by(Milestone.position)
            )
        )

    def waiting_delivery(self) -> Delivery | None:
        """Return what was handed over and waits for an answer."""
        return db.session.scalars(
            select(Delivery)
            .where(scoped(Delivery), Delivery.agreement_id == self.id, Delivery.answer.is_(None))
            .order_by(Delivery.id.desc())
            .limit(1)
        ).one_or_none()

    def lock(self) -> None:
        """Hold gig, application and agreement: everybody takes them in this order, so that nobody waits in a circle."""
        self.gig.lock()
        self.application.lock()
        super().lock()

    def row_for(self, verb: str, *, by: Actor | None, why: str = "") -> Transition:
        """Return the table's row for `verb`, as every row with a life does.

        :raises HelperAndHelped: when whoever acts for `by` is the other side, or acts for it as well.
        """
        row = super().row_for(verb, by=by, why=why)
        if by is not None and helper_of(by.id) is not None:
            # A mandate may have begun since the two agreed.
            refuse_self_dealing(self.client_id, self.worker_id)
        return row

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        if row.by in ("the gig", "policy"):
            return
        elif by is None:
            allowed = self.ends_by_itself(row)
        elif row.by == "the side that was asked":
            allowed = self.is_party(by.id)
            if allowed and by.id != self.asked_id:
                raise NotYourTurn
        elif row.by == "leader":
            allowed = by.has_role(*_LEADERS)
            if allowed and self.is_party(by.id):
                raise OwnDispute
        else:
            allowed = {
                "client": by.id == self.client_id,
                "worker": by.id == self.worker_id,
                "either side": self.is_party(by.id),
                "both": self.is_party(by.id),
            }[row.by]
        if not allowed:
            raise NotYours

    def facts(self, by: Actor | None) -> dict[str, Any]:
        return {
            "gig_id": self.gig_id,
            "application_id": self.application_id,
            "title": self.title,
            "client_id": self.client_id,
            "worker_id": self.worker_id,
            "asked_id": self.asked_id,
            # Of a role in a project its offer tells, once for all of it.
            "coordinator_id": self.gig.coordinator_id,
            "other_id": self.other(by.id) if by is not None and self.is_party(by.id) else None,
        }
