"""How terms become an agreement: proposed, countered back and forth, agreed."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.activity.recording import record
from app.agreements import gates, settling
from app.agreements.failures import SameTerms, StaleTerms, UnusableTerms
from app.agreements.models.milestone import Milestone
from app.agreements.models.parties import Parties
from app.agreements.models.terms_round import TermsRound
from app.agreements.terms import Terms
from app.applications.models import Application
from app.commissions.keeping import keep_terms
from app.core.database import db
from app.core.timers import day_of
from app.gigs.models import Gig, GigClosed, NoSeatLeft
from app.mandates.acting import refuse_self_dealing
from tenants.context import Actor, tenant
from tenants.isolation import scoped

# Where no day was agreed, work is expected to begin within these days.
_SOON = timedelta(days=3)


class Negotiation(Parties):
    """Terms go back and forth until both stand by the same; then a seat is taken."""

    round: int

    @classmethod
    def propose(
        cls, application: Application, terms: Terms, *, by: Actor, now: datetime, note: str = ""
    ) -> "Negotiation":
        """Offer the gig on these terms and return the proposal, which waits for the applicant.

        :raises WrongState: when the application was answered meanwhile.
        :raises NoSeatLeft: when the gig has none to give.
        :raises GigClosed: when it no longer runs.
        :raises UnusableTerms: when the terms do not fit together.
        """
        gig = application.gig
        gig.lock()
        gates.ask(application, by)
        refuse_self_dealing(gig.author_id, application.applicant_id)
        application.offer(by=by, now=now)
        _refuse_full(gig)
        _refuse_faulty(terms)
        author, applicant = gig.author_id, application.applicant_id
        client, worker = (author, applicant) if gig.direction == "request" else (applicant, author)
        agreement: Any = cls(
            gig_id=gig.id,
            application_id=application.id,
            client_id=client,
            worker_id=worker,
            asked_id=applicant,
            state="proposed",
            direction=gig.direction,
            kind=gig.kind,
            round=1,
            reason="",
            created_at=now,
            state_changed_at=now,
            **terms.columns(),
        )
        agreement.set_timer(now=now)
        db.session.add(agreement)
        db.session.flush()
        settling.weigh(agreement, by=by, now=now)
        agreement._put_forward(terms, by=by, note=note, now=now)
        record("propose", agreement, by=by, to="proposed", why=note, **agreement.facts(by), round=1)
        return agreement

    def counter(self, terms: Terms, *, by: Actor, now: datetime, seen: int, note: str = "") -> None:
        """Put other terms forward; the other side is asked now.

        :param seen: the round that `by` answers.
        :raises NotYourTurn: when `by` is not the side that was asked.
        :raises StaleTerms: when other terms came in between.
        :raises SameTerms: when nothing is different.
        """
        self.lock()
        row = self.row_for("counter_back" if self.state == "countered" else "counter", by=by)
        self._refuse_stale(seen)
        before = self.terms_on_the_table()
        terms = terms.with_settlement_of(before)
        if terms == before:
            raise SameTerms
        _refuse_faulty(terms)
        self.round += 1
        self.asked_id = self.other(by.id)
        for name, value in terms.columns().items():
            setattr(self, name, value)
        settling.weigh(self, by=by, now=now)
        self._put_forward(terms, by=by, note=note, now=now)
        self.enter(row, by=by, now=now, why=note, round=self.round)

    def agree(self, *, by: Actor, now: datetime, seen: int) -> None:
        """Stand by the terms on the table: a seat is taken, the application accepted, the terms fixed.

        :param seen: the round that `by` agrees to.
        :raises NoSeatLeft: when somebody else took the last seat.
        :raises GigClosed: when the gig no longer runs.
        """
        self.lock()
        if self.state == "cancelled" and not self.was_agreed and self.gig.seats_left < 1:
            raise NoSeatLeft
        row = self.row_for("agree", by=by)
        self._refuse_stale(seen)
        # A mandate may have begun since the terms were put forward.
        refuse_self_dealing(self.client_id, self.worker_id)
        self._plan(self.terms_on_the_table(), now=now)
        self.asked_id = self.worker_id
        self.agreed_at = now
        self.application.accept(by=by, now=now)
        settling.bind(self, by=by, now=now)
        self.enter(row, by=by, now=now, until=self._expected_start(now), round=self.round)
        # Last, since a filled gig answers everybody who still waits.
        self.gig.take_seat(by=by)

    def lapse(self, *, by: Actor | None, why: str, now: datetime) -> None:
        """Be off, because the gig filled or ended before both agreed."""
        row = self.step("lapse", by=by, why=why)
        self.asked_id, self.reason = None, why
        self.enter(row, by=by, now=now, why=why)

    def rounds(self) -> list[TermsRound]:
        """Return all terms that were put forward, oldest first."""
        return list(
            db.session.scalars(
                select(TermsRound)
                .where(scoped(TermsRound), TermsRound.agreement_id == self.id)
                .order_by(TermsRound.round)
            )
        )

    def terms_on_the_table(self) -> Terms:
        """Return the terms of the latest round."""
        latest = db.session.scalars(
            select(TermsRound.terms).where(
                scoped(TermsRound), TermsRound.agreement_id == self.id, TermsRound.round == self.round
            )
        ).one()
        return Terms.from_json(latest)

    def _put_forward(self, terms: Terms, *, by: Actor, note: str, now: datetime) -> None:
        db.session.add(
            TermsRound(
                agreement_id=self.id,
                round=self.round,
                proposed_by=by.id,
                terms=terms.as_json(),
                note=note,
                proposed_at=now,
            )
        )
        db.session.flush()
        keep_terms(self, now=now)

    def _plan(self, terms: Terms, *, now: datetime) -> None:
        db.session.add_all(
            Milestone(
                agreement_id=self.id,
                position=position,
                title=part.title,
                amount=part.amount,
                due_on=part.due_on,
                state="planned",
                state_changed_at=now,
            )
            for position, part in enumerate(terms.milestones, start=1)
        )

    def _refuse_stale(self, seen: int) -> None:
        if seen != self.round:
            raise StaleTerms

    def _expected_start(self, now: datetime) -> date:
        return self.starts_on or day_of(now, tenant.time_zone) + _SOON


def _refuse_full(gig: Gig) -> None:
    if gig.state not in ("open", "paused", "filled"):
        raise GigClosed
    elif gig.seats_left < 1:
        raise NoSeatLeft


def _refuse_faulty(terms: Terms) -> None:
    for _, message in terms.faults():
        raise UnusableTerms(message)
