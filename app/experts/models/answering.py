"""Answering a question: one expert takes it, answers or gives it back; whoever asked says whether it helped."""

from datetime import datetime
from uuid import UUID

from app.activity.recording import record
from app.activity.stateful import NotYours, Stateful
from app.core.transitions import Transition
from app.experts.deciders import leaders_of_the_field, people_of_the_field
from app.experts.failures import NotHeld, TakenAlready
from app.experts.states import QUESTION, UNANSWERED
from app.profiles.blocks import are_apart
from tenants.context import Actor


class Answering(Stateful):
    """What is done with a question once it was asked."""

    machine = QUESTION

    member_id: UUID
    category_id: UUID
    holder_id: UUID | None
    is_private: bool
    answer: str
    answered_by: UUID | None
    answered_at: datetime | None
    has_helped: bool | None
    hidden_at: datetime | None

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED

    def is_party(self, member_id: UUID) -> bool:
        """Return whether somebody asked it, or answered it, or is about to."""
        return member_id in (self.member_id, self.holder_id, self.answered_by)

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        if row.by == "the clock":
            if not self.ends_by_itself(row):
                raise NotYours
        elif by is None:
            raise NotYours
        elif row.by == "asker":
            if by.id != self.member_id:
                raise NotYours
        elif row.by == "holder":
            if by.id != self.holder_id:
                raise NotHeld
        elif (
            by.id == self.member_id
            or by.id not in people_of_the_field(self.category_id)
            or are_apart(by.id, self.member_id)
        ):
            raise NotYours

    def take(self, *, by: Actor, now: datetime) -> None:
        """Take it, to answer it: nobody else does meanwhile. Whoever has taken it already has it still.

        :raises TakenAlready: when somebody was faster.
        """
        self.lock()
        if self.state == "taken":
            if self.holder_id != by.id:
                raise TakenAlready
            return
        row = self.row_for("take", by=by)
        self.holder_id = by.id
        self.enter(row, by=by, now=now)

    def give_back(self, *, by: Actor, now: datetime) -> None:
        """Let somebody else take it."""
        row, owner_ids = self.step("give_back", by=by), self._owner_ids("open")
        self.holder_id = None
        self.enter(row, by=by, now=now, owner_ids=owner_ids)

    def reply(self, words: str, *, privately: bool, by: Actor, now: datetime) -> None:
        """Answer it: for everybody, or for whoever asked alone. What was asked in private stays so."""
        row = self.step("answer", by=by)
        # The office may have ended since it was taken.
        if by.id not in people_of_the_field(self.category_id):
            raise NotYours
        self.answer, self.answered_by, self.answered_at = words, by.id, now
        self.holder_id, self.is_private = None, self.is_private or privately
        self.enter(row, by=by, now=now)

    def judge(self, helped: bool, *, by: Actor, now: datetime) -> None:
        """Say whether the answer helped; it may be said anew."""
        self.lock()
        if by.id != self.member_id or self.state != "answered":
            raise NotYours
        if self.has_helped is not helped:
            self.has_helped = helped
            record("helped" if helped else "did_not_help", self, by=by, **self.facts(by))

    def withdraw(self, *, by: Actor, now: datetime) -> None:
        """Take it back before it is answered."""
        row, held_by = self.step("withdraw", by=by), self.holder_id
        self.holder_id = None
        self.enter(row, by=by, now=now, held_by=str(held_by) if held_by else None)

    def end_waiting(self, *, now: datetime) -> None:
        """Do what the table says to a question that has waited too long, unless somebody was faster."""
        self.lock()
        waiting = QUESTION.waiting.get(self.state)
        if waiting is None or self.deadline_at is None or self.deadline_at > now:
            return
        row = self.row_for(waiting.ends_with, by=None)
        owner_ids, held_by = self._owner_ids(row.to), self.holder_id
        self.holder_id = None
        self.enter(row, by=None, now=now, owner_ids=owner_ids, held_by=str(held_by) if held_by else None)

    def note(self, verb: str, *, by: Actor | None) -> None:
        """Write down something that changes nothing of where it stands."""
        record(verb, self, by=by, owner_ids=self._owner_ids(self.state), **self.facts(by))

    def _owner_ids(self, state: str) -> list[str]:
        """Return whom it waits for in a state: its holder, those who may take it, or the category's leaders."""
        if state == "taken":
            return [str(self.holder_id)]
        elif state == "passed_on":
            owners = leaders_of_the_field(self.category_id)
        else:
            owners = people_of_the_field(self.category_id) if state == "open" else set()
        return sorted(str(one) for one in owners - {self.member_id})
