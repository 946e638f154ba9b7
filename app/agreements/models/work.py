"""The work itself: begun, paused and resumed, handed over, looked at, accepted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from app.acquaintances.meeting import finish_work_together
from app.agreements import settling
from app.agreements.failures import EmptyDelivery, NoSuchMilestone, StaleDelivery, UnusableDate
from app.agreements.models.delivery import Attachment, Delivery
from app.agreements.models.milestone import Milestone
from app.agreements.models.parties import Parties
from app.core.database import db
from app.core.languages import gettext as _
from app.core.timers import day_of, timer
from app.core.transitions import WrongState
from tenants.context import Actor, tenant
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import touch

# Where no day was agreed, something is expected to be handed over within these days.
_SOME_TIME = timedelta(days=120)
_LONGEST_PAUSE = timedelta(days=183)


class Work(Parties):
    """One thing at a time waits for an answer, so that it is always clear whose turn it is."""

    due_on: date | None
    started_at: datetime | None
    accepted_at: datetime | None
    resume_on: date | None
    reason: str
    reviews_until: datetime | None

    def start(self, *, by: Actor | None, now: datetime) -> None:
        """Begin. `by` is None where a manager's consent was waited for and has been given."""
        row = self.step("start" if by else "release", by=by)
        self.started_at, self.asked_id = now, self.worker_id
        self.enter(row, by=by, now=now, until=self.next_due(now))

    def pause(self, *, by: Actor, why: str, resume_on: date, now: datetime) -> None:
        """Rest until about `resume_on`; whoever pauses is asked to go on.

        :raises UnusableDate: for a day that is not ahead, or too far ahead.
        """
        row = self.step("pause", by=by, why=why)
        today = day_of(now, tenant.time_zone)
        if not today < resume_on <= today + _LONGEST_PAUSE:
            raise UnusableDate
        self.resume_on, self.asked_id, self.reason = resume_on, by.id, why.strip()
        self.enter(row, by=by, now=now, why=self.reason, until=resume_on, resume_on=resume_on.isoformat())

    def resume(self, *, by: Actor, now: datetime) -> None:
        """Go on."""
        row = self.step("resume", by=by)
        self.resume_on, self.asked_id, self.reason = None, self.worker_id, ""
        self.enter(row, by=by, now=now, until=self.next_due(now))

    def deliver(
        self,
        *,
        by: Actor,
        now: datetime,
        note: str = "",
        links: Sequence[str] = (),
        files: Iterable[Attachment] = (),
        milestone_id: UUID | None = None,
    ) -> Delivery:
        """Hand over the work, or one milestone of it, and return the delivery.

        :param milestone_id: which one; where there are milestones and none is named, the first that is still to come.
        :raises EmptyDelivery: when nothing is handed over.
        :raises NoSuchMilestone: when that one is not to be handed over now.
        """
        row = self.step("deliver", by=by)
        milestone = self._milestone_to_deliver(milestone_id)
        attachments = list(files)
        if not (note.strip() or links or attachments):
            raise EmptyDelivery
        delivery = Delivery(
            agreement_id=self.id,
            milestone_id=milestone.id if milestone else None,
            delivered_by=by.id,
            note=note.strip(),
            links=list(links),
            delivered_at=now,
        )
        db.session.add(delivery)
        db.session.flush()
        for attachment in attachments:
            attachment.delivery_id = delivery.id
            db.session.add(attachment)
        if milestone:
            milestone.move("deliver", now=now)
        self.asked_id = self.client_id
        self.enter(row, by=by, now=now, why=note.strip(), **self._about(delivery, milestone))
        return delivery

    def request_changes(self, *, by: Actor, why: str, now: datetime, seen: UUID) -> None:
        """Say what is still missing in what was handed over.

        :param seen: the delivery that `by` looked at.
        :raises StaleDelivery: when another has come since.
        """
        row = self.step("request_changes", by=by, why=why)
        delivery, milestone = self._answer(seen)
        delivery.answer_with("changes_requested", note=why.strip(), now=now)
        if milestone:
            milestone.move("request_changes", now=now)
        self.asked_id = self.worker_id
        self.enter(row, by=by, now=now, why=why.strip(), **self._about(delivery, milestone))

    def accept(self, *, by: Actor | None, now: datetime, seen: UUID | None = None, why: str = "") -> None:
        """Take what was handed over as done: one milestone of several, or the work.

        :param seen: the delivery that `by` looked at; None where the clock accepts.
        :raises StaleDelivery: when another has come since.
        """
        self.step("accept", by=by)
        delivery, milestone = self._answer(seen)
        delivery.answer_with("accepted", note=why.strip(), now=now)
        if milestone:
            milestone.move("accept", now=now)
            db.session.flush()
            settling.settle(self, milestone, now=now)
        if any(not part.is_accepted for part in self.milestones()):
            self.asked_id = self.worker_id
            row, until = self.machine.transition(self.state, "accept_part"), self.next_due(now)
        else:
            self.asked_id, self.accepted_at = None, now
            row, until = self.machine.transition(self.state, "accept"), None
            self.count_as_finished(now=now)
            settling.settle(self, None, now=now)
        self.enter(row, by=by, now=now, why=why.strip(), until=until, **self._about(delivery, milestone))
        if self.accepted_at:
            self.open_reviews(now=now)

    def review(self, *, now: datetime) -> None:
        """Be over, once the reviews are published or nobody wrote any. A cancelled agreement stays cancelled."""
        self.lock()
        if self.state != "cancelled":
            row = self.machine.transition(self.state, "review")
            self.enter(row, by=None, now=now)
        self.reviews_until, self.remind_at = None, None

    def open_reviews(self, *, now: datetime) -> None:
        """Let both sides say how it went, for as long as the table gives an accepted agreement."""
        due = timer(self.machine.waiting["accepted"], now=now, zone=tenant.time_zone)
        self.reviews_until, self.remind_at = due.ends_at, due.remind_at

    def next_due(self, now: datetime) -> date:
        """Return the day by which something is to be handed over next."""
        parts = [part.due_on for part in self.milestones() if part.due_on and not part.is_accepted]
        days = [*parts, *([self.due_on] if self.due_on else [])]
        return min(days) if days else day_of(now, tenant.time_zone) + _SOME_TIME

    def count_as_finished(self, *, now: datetime) -> None:
        """Add one to what both sides have finished here; from now on they know each other."""
        sides = sorted((self.client_id, self.worker_id))
        # In one order, so that two agreements of the same people do not wait for each other.
        db.session.execute(
            select(Member.id)
            .where(scoped(Member), Member.id.in_(sides))
            .order_by(Member.id)
            .with_for_update(key_share=True)
        ).all()
        db.session.execute(
            update(Member).where(scoped(Member), Member.id.in_(sides)).values(finished_count=Member.finished_count + 1)
        )
        finish_work_together(*sides, now=now)
        touch("people")

    def _milestone_to_deliver(self, milestone_id: UUID | None) -> Milestone | None:
        parts = self.milestones()
        if not parts:
            return None
        returned = [part for part in parts if part.state == "changes_requested"]
        open_parts = returned or [part for part in parts if part.can_be_delivered]
        for part in open_parts:
            if milestone_id in (None, part.id):
                return part
        raise NoSuchMilestone

    def _answer(self, seen: UUID | None) -> tuple[Delivery, Milestone | None]:
        delivery = self.waiting_delivery()
        if delivery is None:
            raise WrongState(_("There is nothing to look at here now."))
        elif seen is not None and delivery.id != seen:
            raise StaleDelivery
        milestone = (
            db.session.get(Milestone, (self.tenant_id, delivery.milestone_id)) if delivery.milestone_id else None
        )
        return delivery, milestone

    def _about(self, delivery: Delivery, milestone: Milestone | None) -> dict[str, object]:
        return {
            "delivery_id": delivery.id,
            "milestone_id": milestone.id if milestone else None,
            "milestone": milestone.title if milestone else None,
        }
