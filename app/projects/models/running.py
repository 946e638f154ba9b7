"""What may happen while people are at work: somebody is replaced, it rests, goes on, and ends."""

from datetime import date, datetime

from app.activity.recording import record
from app.core.languages import gettext as _
from app.projects.failures import HandedOver, StillAtWork, TooLate
from app.projects.models.afterwards import Afterwards
from app.projects.models.role import Role
from app.projects.states import EARLY, ENDINGS
from tenants.context import Actor


class Running(Afterwards):
    """Each agreement is ended, rested and taken up by its own verbs, under its own rules."""

    deadline_at: datetime | None

    def replace(self, role: Role, *, by: Actor, why: str, now: datetime) -> None:
        """Let somebody else take a role on: what was accepted stays accepted and paid, what is held for the rest goes back,
        and the role looks for somebody anew.

        :raises TooLate: when nobody plays it.
        :raises HandedOver: while something waits for the client's answer.
        """
        self.lock()
        self.check_plans(by)
        agreement = role.held()
        if agreement is None:
            raise TooLate
        agreement.lock()
        if agreement.state in ("delivered", "disputed"):
            raise HandedOver
        worker_id, title = agreement.worker_id, agreement.title
        agreement.hand_on(by=by, why=why, now=now)
        role.empty()
        record("replace", self, by=by, why=why.strip(), role=title, worker_id=worker_id, **self.facts(by))

    def pause(self, *, by: Actor, why: str, resume_on: date, now: datetime) -> None:
        """Let everybody who is at work rest until about `resume_on`."""
        row = self.step("pause", by=by, why=why)
        for role in self._by_gig():
            agreement = role.held()
            if agreement is not None and agreement.state == "active":
                agreement.pause(by=self.client_for(by), why=why, resume_on=resume_on, now=now)
        self.reason = why.strip()
        self.enter(row, by=by, now=now, why=why.strip(), until=resume_on, workers=self.workers())

    def resume(self, *, by: Actor, now: datetime) -> None:
        """Let everybody go on who rests with the project."""
        row = self.step("resume", by=by)
        for role in self._by_gig():
            agreement = role.held()
            if agreement is not None and agreement.state == "paused":
                agreement.resume(by=self.client_for(by), now=now)
        self.reason = ""
        self.enter(row, by=by, now=now, workers=self.workers())

    def finish(self, *, by: Actor, now: datetime) -> None:
        """Be done. What nobody was found for is left out.

        :raises StillAtWork: while an agreement binds anybody.
        """
        row = self.step("finish", by=by)
        if any(role.held() is not None for role in self.roles()):
            raise StillAtWork
        self._drop_offer(now=now)
        for role in self._by_gig():
            self.close_gig(role, by=by, why=_("The project is finished."))
        self.enter(row, by=by, now=now, workers=self.workers())

    def end(self, *, by: Actor, why: str, now: datetime) -> None:
        """End it early: every agreement that still binds is ended by the client, for the same reason.

        :raises WaitsForAnswer: when something paid for was handed over and waits.
        """
        row = self.step("end", by=by, why=why)
        self._drop_offer(now=now)
        if self.state in EARLY:
            self.come_to_nothing(row, by=by, why=why, now=now)
            return
        told = self.workers()
        for role in self._by_gig():
            agreement = role.held()
            if agreement is not None and agreement.state != "disputed":
                agreement.cancel(by=self.client_for(by), why=why, now=now)
            self.close_gig(role, by=by, why=why)
        self.reason = why.strip()
        self.enter(row, by=by, now=now, why=why.strip(), workers=told)

    def dissolve(self, *, by: Actor | None, why: str, now: datetime) -> None:
        """Be over because its client, or before anything was agreed its coordinator, can no longer be here.

        The agreements were ended before, and their gigs with them.
        """
        row = self.step("dissolve", by=by)
        self._drop_offer(now=now)
        for role in self._by_gig():
            self.close_gig(role, by=by, why=why)
        self.gig.lock()
        if by is not None and self.state in EARLY and self.gig.state in ("open", "paused", "filled"):
            self.gig.take_applications(by=by)
        self.reason = why
        self.enter(row, by=by, now=now, why=why, workers=self.workers())

    def end_waiting(self, *, now: datetime) -> bool:
        """Do what the table says when the client has not answered. Returns False when they have, or have time."""
        self.lock()
        if self.deadline_at is None or self.deadline_at > now or self.state not in ENDINGS:
            return False
        why = str(ENDINGS[self.state])
        if self.state in ("suggested", "planning"):
            verb = "lapse" if self.state == "suggested" else "abandon"
            self.come_to_nothing(self.row_for(verb, by=None), by=None, why=why, now=now)
        elif self.state == "paused":
            # The agreements that rest with it have timers of their own.
            self.reason = ""
            self.enter(self.row_for("resume", by=None), by=None, now=now, why=why, workers=self.workers())
        else:
            self._answer("lapsed", by=None, why=why, verb="unanswered", now=now)
        return True

    def workers(self) -> list[str]:
        """Return the ids of everybody who is at work in it, as facts keep them."""
        held = (role.held() for role in self.roles())
        return [str(one.worker_id) for one in held if one is not None]

    def _by_gig(self) -> list[Role]:
        return sorted((one for one in self.roles() if one.dropped_at is None), key=lambda role: str(role.gig_id))

    def _drop_offer(self, *, now: datetime) -> None:
        offer = self.open_offer()
        if offer is not None:
            offer.close("taken_back", now=now)
