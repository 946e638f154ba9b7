"""Deciding about a request: two who know the field, each for themselves; where they differ, a leader of the marketplace."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import record
from app.activity.stateful import NotYours, Stateful
from app.core.database import db
from app.core.months import plus_months
from app.core.timers import day_of
from app.core.transitions import Transition
from app.experts.deciders import QUORUM, are_partners, deciders_of, leaders
from app.experts.failures import AboutYourself, NoSuchLevel, NotYoursToDecide, SaidAlready, TieUnsaid
from app.experts.models.bench import Bench
from app.experts.models.expertise import Expertise
from app.experts.models.opinion import Opinion
from app.experts.states import VETTING
from tenants.context import Actor, tenant
from tenants.isolation import scoped


class Deciding(Stateful):
    """What is done with a request once it was made."""

    machine = VETTING

    member_id: UUID
    category_id: UUID
    skill_id: UUID | None
    evidence: str
    level: str
    granted_level: str
    valid_until: date | None

    @property
    def is_waiting(self) -> bool:
        return not VETTING.ends(self.state)

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        if row.by == "the clock":
            if not self.ends_by_itself(row):
                raise NotYours
        elif by is None:
            raise NotYours
        elif row.by == "applicant":
            if by.id != self.member_id:
                raise NotYours
        elif by.id == self.member_id:
            raise AboutYourself
        elif by.id not in self._may_decide(row):
            raise NotYoursToDecide

    def _may_decide(self, row: Transition) -> set[UUID]:
        if row.by == "leader":
            return leaders() - {one.decider_id for one in self.opinions()}
        return deciders_of(self.category_id, self.member_id)

    def opinions(self) -> list[Opinion]:
        """Return what was said so far, the first first."""
        said = select(Opinion).where(scoped(Opinion), Opinion.vetting_id == self.id)
        return list(db.session.scalars(said.order_by(Opinion.said_at, Opinion.id)))

    def say(
        self, yes: bool, *, by: Actor, why: str, level: str = "", worked_together: str = "", now: datetime
    ) -> Opinion:
        """Say what one thinks of it; with the second it is decided, or tied. Return what was said.

        :raises AboutYourself: when it is one's own.
        :raises NotYoursToDecide: for whoever neither leads nor advises the category.
        :raises SaidAlready: when one has said so before.
        :raises TieUnsaid: when the two had an agreement in the last six months, and nothing is said of it.
        """
        self.lock()
        if any(one.decider_id == by.id for one in self.opinions()):
            raise SaidAlready
        # Whatever it leads to, all three may be done by the same people in the same state.
        self.row_for("tie", by=by)
        opinion = self._opinion(yes, by, why, level, worked_together, now)
        said = self.opinions()
        if len(said) >= QUORUM:
            self._settle(said, now=now)
        return opinion

    def settle_tie(
        self, yes: bool, *, by: Actor, why: str, level: str = "", worked_together: str = "", now: datetime
    ) -> Opinion:
        """Decide what two could not; as `say`, for a leader of the marketplace who was neither of the two."""
        row = self.step("grant" if yes else "decline", by=by, why=why)
        opinion = self._opinion(yes, by, why, level, worked_together, now)
        opinion.settles = True
        if yes:
            self._grant(opinion.level, now=now)
        self.enter(row, by=by, now=now, why=why)
        return opinion

    def withdraw(self, *, by: Actor, now: datetime) -> None:
        """Take it back before it is decided."""
        self.enter(self.step("withdraw", by=by), by=by, now=now)

    def end_waiting(self, *, now: datetime) -> None:
        """Do what the table says to a request that has waited too long, unless somebody was faster."""
        self.lock()
        waiting = VETTING.waiting.get(self.state)
        if waiting is None or self.deadline_at is None or self.deadline_at > now:
            return
        self.enter(self.row_for(waiting.ends_with, by=None), by=None, now=now, owner_ids=self.owner_ids(next_=True))

    def owner_ids(self, *, next_: bool = False) -> list[str]:
        """Return whom it waits for: whoever may still say something, or settle it."""
        said = {one.decider_id for one in self.opinions()}
        is_tied = self.state == "tied" or next_
        may = leaders() if is_tied else deciders_of(self.category_id, self.member_id)
        return sorted(str(one) for one in may - said - {self.member_id})

    def note(self, verb: str, *, by: Actor | None) -> None:
        """Write down something that changes nothing of where it stands."""
        record(verb, self, by=by, owner_ids=self.owner_ids(), **self.facts(by))

    def _opinion(self, yes: bool, by: Actor, why: str, level: str, worked_together: str, now: datetime) -> Opinion:
        levels = Bench.of(self.category_id).levels
        if yes and levels and level not in levels:
            raise NoSuchLevel
        elif not worked_together.strip() and are_partners(by.id, self.member_id, now=now):
            raise TieUnsaid
        opinion = Opinion(
            vetting_id=self.id, decider_id=by.id, says_yes=yes, level=level if yes else "", why=why,
            worked_together=worked_together.strip(), said_at=now,
        )  # fmt: skip
        db.session.add(opinion)
        db.session.flush()
        return opinion

    def _settle(self, said: list[Opinion], *, now: datetime) -> None:
        answers = {one.says_yes for one in said}
        verb = "tie" if len(answers) > 1 else "agree" if answers == {True} else "refuse"
        row = self.machine.transition(self.state, verb)
        if verb == "agree":
            self._grant(Bench.of(self.category_id).lowest([one.level for one in said]), now=now)
        # By nobody: neither of the two decided it alone.
        owners = self.owner_ids(next_=True) if verb == "tie" else []
        self.enter(row, by=None, now=now, owner_ids=owners)

    def _grant(self, level: str, *, now: datetime) -> None:
        months = Bench.of(self.category_id).months
        self.granted_level = level
        self.valid_until = day_of(plus_months(now, months), tenant.time_zone)
        Expertise.grant(self, level=level, until=self.valid_until, now=now)
