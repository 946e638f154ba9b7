"""Who leads a project: its coordinator, until somebody else has taken it on."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import record
from app.activity.stateful import NotYours
from app.core.database import db
from app.core.transitions import Transition
from app.mandates.acting import refuse_self_dealing
from app.payments.coordinators import hand_on_fee, hold_funding
from app.projects.failures import CannotLead, HandoverOpen, NobodyAsked, TooLate
from app.projects.leaders import leaders_for
from app.projects.models.handover import Handover
from app.projects.models.running import Running
from app.projects.states import LED
from tenants.context import Actor
from tenants.isolation import scoped


class Leading(Running):
    """Whoever leads hands it on themselves; where nobody does any more, the client asks somebody.

    The word of whoever led counts until then, so that nothing stands still. Of the fee for coordinating each has what was
    accepted while they led.
    """

    category_id: UUID | None
    unled_at: datetime | None

    def hand_over(self, to_id: UUID, *, why: str, by: Actor, now: datetime) -> Handover:
        """Ask somebody to lead it on; nothing changes before they say yes.

        :raises NotYours: by anybody but its coordinator, or its client while nobody leads it.
        :raises TooLate: before it is planned, and after its end.
        :raises HandoverOpen: while somebody else is asked.
        :raises CannotLead: for somebody who runs no field of work that it belongs to, or is in it.
        """
        self.lock()
        if not self.may_be_handed_over_by(by):
            raise NotYours
        if self.state not in LED:
            raise TooLate
        if self.open_handover() is not None:
            raise HandoverOpen
        self._check_can_lead(to_id)
        asked = Handover(
            project_id=self.id,
            from_id=self.coordinator_id,
            to_id=to_id,
            asked_by=by.id,
            state="asked",
            note=why.strip(),
            answer="",
            asked_at=now,
            state_changed_at=now,
        )
        asked.set_timer(now=now)
        db.session.add(asked)
        db.session.flush()
        record("ask", asked, by=by, to="asked", why=asked.note, **asked.facts(by))
        return asked

    def take_on(self, *, by: Actor, now: datetime) -> None:
        """Lead it from now on: its people, its roles, and the fee for whatever is accepted from here.

        :raises NobodyAsked: when it was taken back, or its time is over.
        :raises CannotLead: when they run the field of work no more, or take part in the project by now.
        """
        self.lock()
        asked = self._asked()
        row = asked.step("take_on", by=by)
        self._check_can_lead(by.id)
        roles = self._by_gig()
        # Whoever pays in holds this before any gig.
        hold_funding(one.id for role in roles for one in role.agreements())
        for role in roles:
            role.gig.lock()
            for agreement in role.agreements():
                agreement.lock()
                hand_on_fee(agreement, by.id)
            role.gig.coordinator_id = by.id
        self.coordinator_id, self.unled_at = by.id, None
        if self.state == "planning":
            # Whoever comes new to it has the time that the other had.
            self.set_timer(now=now)
        asked.enter(row, by=by, now=now, workers=self.workers())

    def decline_to_lead(self, *, by: Actor, why: str, now: datetime) -> None:
        """Say no, and why; whoever asked may ask somebody else."""
        self.lock()
        asked = self._asked()
        row = asked.step("decline", by=by, why=why)
        asked.answer = why.strip()
        asked.enter(row, by=by, now=now, why=asked.answer)

    def ask_no_more(self, *, by: Actor, now: datetime) -> None:
        """Take the question back."""
        self.lock()
        asked = self._asked()
        asked.enter(asked.step("take_back", by=by), by=by, now=now)

    def let_lapse(self, asked: Handover, *, now: datetime) -> None:
        """Ask somebody no longer who has not answered in time; whoever asked is told."""
        self.lock()
        asked.lock()
        if asked.state == "asked" and asked.deadline_at is not None and asked.deadline_at <= now:
            asked.enter(asked.row_for("lapse", by=None), by=None, now=now)

    def open_handover(self) -> Handover | None:
        """Return the question that waits for an answer."""
        found = select(Handover).where(scoped(Handover), Handover.project_id == self.id, Handover.state == "asked")
        return db.session.scalars(found).one_or_none()

    def handovers(self) -> list[Handover]:
        """Return how it came to whoever leads it now: each that was taken on, the first first."""
        found = select(Handover).where(scoped(Handover), Handover.project_id == self.id, Handover.state == "accepted")
        return list(db.session.scalars(found.order_by(Handover.state_changed_at, Handover.id)))

    def leader_at(self, moment: datetime) -> UUID:
        """Return who led it at a moment."""
        later = (one for one in self.handovers() if one.state_changed_at > moment)
        return next((one.from_id for one in later), self.coordinator_id)

    def leader_of(self, member_id: UUID) -> UUID:
        """Return who led whoever took part: last of all, or when they went."""
        seat = self.seat_of(member_id)
        return self.coordinator_id if seat.takes_part else self.leader_at(seat.until)

    def may_be_handed_over_by(self, actor: Actor) -> bool:
        """Whether it is somebody's to ask who leads it on."""
        return actor.id == self.coordinator_id or (self.unled_at is not None and self.acts_as_client(actor))

    def is_asked_to_lead(self, member_id: UUID) -> bool:
        """Whether somebody is asked to lead it on."""
        asked = self.open_handover()
        return asked is not None and asked.to_id == member_id

    def lose_leader(self, *, now: datetime) -> None:
        """Let its client know that nobody leads it any more, so that they ask somebody."""
        if self.unled_at is None:
            self.unled_at = now
            record("unled", self, by=None, **self.facts(None))

    def let_leader_back(self, *, now: datetime) -> None:
        """Let its coordinator go on: whom the client asked meanwhile is not needed. Whom they asked themselves is asked still."""
        self.unled_at = None
        asked = self.open_handover()
        if asked is not None and asked.asked_by != self.coordinator_id:
            self.let_go_of_successor(now=now)

    def lead_no_more(self, *, now: datetime) -> None:
        """Go on without a coordinator: what is agreed stands by itself, and the client answers whoever raises a hand."""
        self.lock()
        for role in self._by_gig():
            role.gig.lock()
            role.gig.coordinator_id = None
        self.lose_leader(now=now)

    def enter(
        self, row: Transition, *, by: Actor | None, now: datetime, why: str = "", until: date | None = None, **data: Any
    ) -> None:
        super().enter(row, by=by, now=now, why=why, until=until, **data)
        if self.state not in LED:
            self.let_go_of_successor(now=now)

    def let_go_of_successor(self, *, now: datetime) -> None:
        """Ask nobody any more."""
        asked = self.open_handover()
        if asked is not None:
            asked.enter(asked.step("fall_away", by=None), by=None, now=now)

    def _asked(self) -> Handover:
        asked = self.open_handover()
        if asked is None:
            raise NobodyAsked
        return asked

    def _check_can_lead(self, member_id: UUID) -> None:
        involved = {self.client_id, self.coordinator_id, *self.team()}
        if member_id in involved or member_id not in leaders_for(self.category_id):
            raise CannotLead
        refuse_self_dealing(self.client_id, member_id)
