"""Raised hands of the demo and what came of them: the steps of `work.toml`, done with the product's own verbs."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from app.agreements.models import Agreement
from app.agreements.terms import MilestoneTerms, Terms
from app.applications.models import Application
from app.applications.raising import raise_hand
from app.core import clock
from app.core.database import db
from app.core.money import read_amount
from app.endorsements.models import FINISHED, endorsable, endorse
from app.reviews.publishing import publish_when_due, review
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall
from app.seeds.talk import SPOKEN
from tenants.context import Actor

# About when people do what: whoever answers does so later in the day than whoever asks.
_HOURS = {
    "start": time(8, 40),
    "apply": time(10),
    "shortlist": time(11),
    "decline": time(12),
    "offer": time(13),
    "counter": time(14, 30),
    "agree": time(16),
    "await_release": time(16, 30),
}
_USUALLY = time(17, 15)
# Whoever gives so many stars says also what they saw.
_BEST, _SKILLS_SEEN = 5, 3
_READS_IT = timedelta(hours=7)


@dataclass(slots=True)
class Dealing:
    """One application with its agreement, while it is lived through."""

    hall: Hall
    gig_name: str
    entry: Entry
    application: Application | None = None
    agreement: Agreement | None = None

    def tell(self) -> None:
        """Let it be sent, and let each step and review happen on its day."""
        days, story, salt = self.hall.days, self.hall.story, f"{self.gig_name} {self.entry['by']}"
        moment, verb = days.moment(self.entry["at"], usually=_HOURS["apply"], salt=salt), "apply"
        story.on(moment, salt, self.apply)
        for day, verb, *rest in self.entry.get("steps", ()):
            moment = days.moment(day, usually=_HOURS.get(verb, _USUALLY), after=moment, salt=salt)
            if verb not in SPOKEN:
                words, details = rest[0] if rest else "", rest[1] if len(rest) > 1 else {}
                story.on(moment, f"{salt}: {verb}", partial(self.step, verb, unwrapped(words), details))
        if verb in ("accept", "resolve", "cancel"):
            self._tell_of_the_end_of_reviews(moment)
        for who, day, stars, words in self.entry.get("reviews", ()):
            moment = days.moment(day, usually=time(19), after=moment, salt=who)
            story.on(moment, f"{salt}: review", partial(self.review, who, stars, unwrapped(words)))

    def _tell_of_the_end_of_reviews(self, over: datetime) -> None:
        published = self.hall.end_of_reviews(over)
        if published < clock.now():
            self.hall.story.on(published, f"{self.gig_name} {self.entry['by']}: end of reviews", self.end_reviews)

    def apply(self, now: datetime) -> None:
        # Whether the gig takes applications is read from the database.
        db.session.flush()
        self.application = raise_hand(
            self.hall.gigs[self.gig_name],
            by=self._applicant,
            note=unwrapped(self.entry["note"]),
            answers=self.entry.get("answers", []),
            now=now,
        )

    def step(self, verb: str, words: str, details: Entry, now: datetime) -> None:
        """Do one step as whoever may: most verbs belong to one side, for the rest the details say who."""
        if verb in ("shortlist", "decline", "withdraw"):
            self._answer(verb, words, now)
        elif verb == "offer":
            self.agreement = Agreement.propose(
                self.application, self._terms(details), by=self._author, note=words, now=now
            )
        else:
            self._go_on(self.agreement, verb, words, details, now)

    def review(self, who: str, stars: int, words: str, now: datetime) -> None:
        by = self.hall.actor(who)
        review(self.agreement, by=by, rating=stars, text=words, now=now)
        # After a dispute both may be content, yet nothing was accepted.
        if stars == _BEST and self.agreement.state in FINISHED:
            self._endorse(by, now)

    def _endorse(self, by: Actor, now: datetime) -> None:
        """Let whoever is happy say which skills they saw; those who do much here have decided about it."""
        other = self.hall.actor(self.agreement.other(by.id))
        seen = [skill_id for skill_id, _name in endorsable(self.agreement, other.id)][:_SKILLS_SEEN]
        for place, said in enumerate(endorse(self.agreement, seen, by=by, now=now)):
            # The second one waits for an answer.
            if place != 1:
                said.show(by=other, now=now + _READS_IT)

    def end_reviews(self, now: datetime) -> None:
        """Publish what was written, where the time for reviews has gone by."""
        publish_when_due(self.agreement, now=now)

    def _answer(self, verb: str, words: str, now: datetime) -> None:
        if verb == "shortlist":
            self.application.shortlist(by=self._author, now=now)
        elif verb == "decline":
            self.application.decline(by=self._author, why=words, now=now)
        else:
            self.application.withdraw(by=self._applicant, why=words, now=now)

    def _go_on(self, agreement: Agreement, verb: str, words: str, details: Entry, now: datetime) -> None:
        asked = self.hall.actor(agreement.asked_id) if agreement.asked_id else None
        client, worker = self.hall.actor(agreement.client_id), self.hall.actor(agreement.worker_id)
        by = self.hall.actor(details["by"]) if "by" in details else None
        if verb == "counter":
            agreement.counter(self._terms(details), by=asked, note=words, seen=agreement.round, now=now)
        elif verb == "agree":
            agreement.agree(by=asked, seen=agreement.round, now=now)
        elif verb == "await_release":
            row, agreement.asked_id = agreement.step(verb, by=None), None
            agreement.enter(row, by=None, now=now, why=words)
        elif verb == "start":
            agreement.start(by=None if agreement.state == "awaiting_release" else worker, now=now)
        elif verb == "deliver":
            agreement.deliver(by=worker, note=words, links=details.get("links", ()), now=now)
        elif verb == "request_changes":
            agreement.request_changes(by=client, why=words, seen=agreement.waiting_delivery().id, now=now)
        elif verb == "accept":
            agreement.accept(by=client, why=words, seen=agreement.waiting_delivery().id, now=now)
        elif verb == "pause":
            agreement.pause(by=by, why=words, resume_on=self.hall.days.day(details["until"]), now=now)
        elif verb == "cancel":
            agreement.cancel(by=by, why=words, now=now)
        elif verb == "dispute":
            agreement.dispute(by=by, why=words, now=now)
        elif verb == "resolve":
            agreement.resolve(by=by, outcome=details.get("outcome", "finished"), why=words, now=now)
        else:
            raise ValueError(f"{verb!r} of {self.gig_name} is no step")

    def _terms(self, details: Entry) -> Terms:
        """Return the terms of the gig with what this entry and this step say otherwise."""
        terms = (
            self.agreement.terms_on_the_table()
            if self.agreement
            else Terms.of_gig(self.hall.gigs[self.gig_name], currency=self.hall.currency)
        )
        changes: dict[str, Any] = {"conditions": details.get("conditions") or self.entry.get("terms", "")}
        if "amount" in details:
            changes["amount"] = self._minor(details["amount"])
        if "credits" in details:
            changes["credits_minutes"] = details["credits"] * 60
        terms = replace(terms, **changes)
        milestones = self._milestones()
        fits = terms.pay_kind != "fixed" or sum(part.amount or 0 for part in milestones) == terms.amount
        return replace(terms, milestones=milestones) if fits else terms

    def _milestones(self) -> tuple[MilestoneTerms, ...]:
        return tuple(
            MilestoneTerms(title, self._minor(amount) if amount else None, self.hall.days.day(due))
            for title, amount, due in self.entry.get("milestones", ())
        )

    def _minor(self, amount: float) -> int:
        return read_amount(str(amount), self.hall.currency)

    @property
    def _author(self) -> Actor:
        return self.hall.actor(self.hall.gigs[self.gig_name].author_id)

    @property
    def _applicant(self) -> Actor:
        return self.hall.actor(self.entry["by"])


def tell_of_work(hall: Hall) -> None:
    """Let everybody raise a hand and go on from there."""
    for gig, entries in hall.content.work.items():
        for entry in entries:
            Dealing(hall, gig, entry).tell()
