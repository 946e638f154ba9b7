"""How an agreement ends other than well: cancelled, dissolved, disputed and settled; and what the clock does."""

from datetime import datetime
from uuid import UUID

from app.agreements import settling
from app.agreements.failures import OwnCause
from app.agreements.models.work import Work
from app.agreements.states import ENDINGS, NEGOTIATED
from app.core.transitions import Transition
from app.mandates.acting import is_self_dealing
from tenants.context import Actor


class Ending(Work):
    """Who ended it and why stay on the row; the seat is free again; work that had begun can be reviewed."""

    ended_by: UUID | None
    outcome: str | None

    def cancel(self, *, by: Actor | None, why: str, now: datetime) -> None:
        """End it early: before it is agreed the offer is off, after that the seat is free again."""
        self._call_off(self.step("cancel", by=by, why=why), by=by, why=why.strip(), now=now)

    def dissolve(self, *, by: Actor, why: str, now: datetime) -> None:
        """End it because one side can no longer be here: removed, banned or gone."""
        self._call_off(self.step("dissolve", by=by, why=why), by=by, why=why.strip(), now=now)

    def hand_on(self, *, by: Actor, why: str, now: datetime) -> None:
        """End it for somebody else to go on: what was accepted stays so, and what is held for the rest goes back."""
        self._call_off(self.step("hand_on", by=by, why=why), by=by, why=why.strip(), now=now)

    def dispute(self, *, by: Actor | None, why: str, now: datetime) -> None:
        """Ask a leader to look."""
        row = self.step("dispute", by=by, why=why)
        self.disputed_at, self.asked_id, self.reason, self.resume_on = now, None, why.strip(), None
        self.enter(row, by=by, now=now, why=self.reason)

    def resolve(self, *, by: Actor | None, outcome: str, why: str, now: datetime) -> None:
        """Settle it with one of `OUTCOMES` and words for both sides.

        :raises OwnDispute: when `by` is one of the two sides.
        :raises OwnCause: when `by` acts for one of them, or one of them for `by`.
        """
        row = self.step("resolve", by=by, why=why)
        self.refuse_own_cause(by)
        if outcome == "ended":
            settling.end(self, verb=row.verb, by=by, now=now)
        elif outcome == "partly":
            settling.divide(self, by=by, now=now)
        self.outcome, self.ended_by, self.reason = outcome, by.id if by else None, why.strip()
        self._set_aside("accepted" if outcome == "finished" else "set_aside", now=now, note=self.reason)
        self.enter(row, by=by, now=now, why=self.reason, outcome=outcome)
        self.open_reviews(now=now)
        if outcome == "finished":
            self.count_as_finished(now=now)
            for milestone in (*self.milestones(), None):
                settling.settle(self, milestone, now=now)
        elif outcome == "ended":
            self._let_go(by=by, why=self.reason, now=now)

    def reinstate(self, *, by: Actor, why: str, now: datetime) -> None:
        """Let the work go on as agreed. What waited for an answer is set aside and can be handed over again.

        :raises OwnDispute: when `by` is one of the two sides.
        :raises OwnCause: when `by` acts for one of them, or one of them for `by`.
        """
        row = self.step("reinstate", by=by, why=why)
        self.refuse_own_cause(by)
        self.asked_id, self.reason = self.worker_id, ""
        self._set_aside("set_aside", now=now, note=why.strip())
        self.enter(row, by=by, now=now, why=why.strip(), until=self.next_due(now))

    def refuse_own_cause(self, by: Actor | None) -> None:
        """Refuse whoever would settle a dispute of somebody whom they act for, or who acts for them.

        :raises OwnCause: when it is so.
        """
        if by is not None and any(is_self_dealing(by.id, side) for side in (self.client_id, self.worker_id)):
            raise OwnCause

    def end_waiting(self, *, now: datetime) -> bool:
        """Do what the table says when a waiting has lasted too long. Returns False when it has not, or is over.

        Reviews end theirs themselves.
        """
        self.lock()
        if self.deadline_at is None or self.deadline_at > now or self.state not in ENDINGS:
            return False
        why = ENDINGS[self.state]
        verb = self.machine.waiting[self.state].ends_with
        if verb == "resolve":
            self.resolve(by=None, outcome="ended", why=why, now=now)
        elif verb == "accept":
            self.accept(by=None, why=why, now=now)
        elif verb == "dispute":
            self.dispute(by=None, why=why, now=now)
        else:
            self.cancel(by=None, why=why, now=now)
        return True

    def _call_off(self, row: Transition, *, by: Actor | None, why: str, now: datetime) -> None:
        was_talked_about = self.state in NEGOTIATED
        if not was_talked_about:
            settling.end(self, verb=row.verb, by=by, now=now)
        self.ended_by, self.reason = by.id if by else None, why
        self.asked_id, self.resume_on = None, None
        self._set_aside("set_aside", now=now, note=why)
        self.enter(row, by=by, now=now, why=why)
        if self.started_at:
            self.open_reviews(now=now)
        if was_talked_about:
            self._answer_application(by=by, why=why, now=now)
        else:
            self._let_go(by=by, why=why, now=now)

    def _answer_application(self, *, by: Actor | None, why: str, now: datetime) -> None:
        if by is not None and by.id == self.gig.author_id:
            self.application.retract(by=by, why=why, now=now)
        elif by is not None and by.id == self.application.applicant_id:
            self.application.turn_down(by=by, why=why, now=now)
        else:
            self.application.close(by=by, why=why, now=now)

    def _let_go(self, *, by: Actor | None, why: str, now: datetime) -> None:
        """Free the seat, and the member to apply anew."""
        self.application.release(by=by, why=why, now=now)
        self.gig.free_seat(by=by, why=why)

    def _set_aside(self, answer: str, *, now: datetime, note: str) -> None:
        """Answer what still waits, so that nothing hangs in the air."""
        delivery = self.waiting_delivery()
        if delivery:
            delivery.answer_with(answer, note=note, now=now)
        for part in self.milestones():
            if part.state == "delivered" and answer == "accepted":
                part.move("accept", now=now)
            elif part.state in ("delivered", "changes_requested"):
                part.move("set_aside", now=now)
