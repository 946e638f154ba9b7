"""Changing a gig. Approval cannot be walked around here: what was approved changes only with another approval."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.gigs.models.answering import Answering
from app.gigs.models.approval import needs_review
from app.gigs.models.columns import SKILLS, TERMS, WORDS
from app.gigs.models.edits import GigEdit, stored
from app.gigs.models.failures import AlreadyDecided, NotEditable, ReasonMissing, TooFewSeats
from app.gigs.models.gates import ask_movers
from app.gigs.models.limits import hold_to_categories
from app.gigs.models.moves import Moves, Person
from app.gigs.models.skills import Skilled
from app.gigs.states import EDIT, EDITABLE
from tenants.isolation import scoped


class Editing(Skilled, Answering, Moves):
    """Revise, and the review of what was revised."""

    category_id: UUID | None
    seats: int
    seats_taken: int
    updated_at: datetime

    def revise(self, changes: Mapping[str, Any], *, by: Person) -> GigEdit | None:
        """Change what differs from `changes` (columns, `skills_needed`, `skills_gained`; `fields`: answers to what its category
        asks, by the fields' ids).

        Where gigs are reviewed, new terms of a live one wait: then return the edit, else None. A later edit replaces
        one that waits; going back to the terms in force withdraws it.

        :raises NotEditable: in a state in which nothing can be changed.
        :raises TooFewSeats: when more people than `seats` have a place.
        :raises LimitReached: when its author's membership gives no further category.
        """
        self.lock()
        if self.state not in EDITABLE:
            raise NotEditable
        changed = self.differing(changes)
        self._refuse_overdrawn(changed.get("seats", self.seats))
        if "category_id" in changed and self.state != "draft":
            hold_to_categories(self, changed["category_id"])
            ask_movers(self, changed["category_id"])
        waits = self._terms_to_review(changed, by)
        self._apply(_without(changed, waits), by=by)
        return self._propose(waits, by=by)

    def put_better(self, changes: Mapping[str, Any], *, by: Person, reviewed: bool) -> None:
        """Change what was suggested, on a gig that is locked, in review or live. `reviewed`: somebody who may approve it has
        looked at exactly this; otherwise what has to wait waits, along with what waits already.
        """
        changed = self.differing(changes)
        waits = {} if reviewed or self.state == "in_review" else self._terms_to_review(changed, by)
        self._apply(_without(changed, waits), by=by)
        if waits:
            waiting = self.waiting_edit()
            self._propose((waiting.values if waiting else {}) | waits, by=by)

    def waiting_edit(self) -> GigEdit | None:
        """Return the edit that waits for review, if any."""
        return db.session.scalars(
            select(GigEdit).where(scoped(GigEdit), GigEdit.gig_id == self.id, GigEdit.state == "waiting")
        ).one_or_none()

    def approve_edit(self, *, by: Person) -> None:
        """Put the edit that waits into force.

        :raises AlreadyDecided: when none waits.
        """
        edit = self._decide("approve_edit")
        self._refuse_overdrawn(edit.values.get("seats", self.seats))
        self._apply(edit.values, by=by, verb="approve_edit")

    def hand_back_edit(self, *, by: Person | None, why: str) -> None:
        """Turn the edit that waits down; the gig stays as it is."""
        if not why.strip():
            raise ReasonMissing
        edit = self._decide("return_edit", why)
        self.note("return_edit", by=by, from_=self.state, to=self.state, why=why.strip(), edit=edit.id)

    def withdraw_edit(self, *, by: Person) -> None:
        """Take the edit that waits back."""
        edit = self._decide("withdraw_edit")
        self.note("withdraw_edit", by=by, from_=self.state, to=self.state, edit=edit.id)

    def differing(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return those of some changes that are not what it says already."""
        differing = {name: changes[name] for name in (*WORDS, *TERMS) if name in changes}
        differing = {name: value for name, value in differing.items() if getattr(self, name) != value}
        for name, relation in SKILLS.items():
            if name in changes and list(changes[name]) != list(self.skills(relation)):
                differing[name] = changes[name]
        if answers := self.differing_answers(changes.get("fields", {})):
            differing["fields"] = answers
        return differing

    def _terms_to_review(self, changed: Mapping[str, Any], by: Person) -> dict[str, Any]:
        if self.state == "draft":
            return {}
        terms = {name: value for name, value in changed.items() if name in TERMS}
        if answers := self.reviewed_answers(changed.get("fields", {})):
            terms["fields"] = answers
        if not terms:
            return {}
        categories = {self.category_id, terms.get("category_id", self.category_id)}
        return terms if any(needs_review(category, by=by) for category in categories) else {}

    def _refuse_overdrawn(self, seats: int) -> None:
        if seats < self.seats_taken:
            raise TooFewSeats

    def _apply(self, changes: Mapping[str, Any], *, by: Person, verb: str = "edit") -> None:
        for name, value in changes.items():
            if name in SKILLS:
                self.set_skills(SKILLS[name], value)
            elif name != "fields":
                setattr(self, name, value)
        self.answer(changes)
        if changes:
            self.updated_at = clock.now()
        # A draft is saved with every few words typed: that is nobody's news.
        if changes and self.state != "draft":
            self.note(verb, by=by, from_=self.state, to=self.state, changed=sorted(changes))
            self._follow_seats(by)

    def _follow_seats(self, by: Person) -> None:
        if self.state == "filled" and self.seats > self.seats_taken:
            self.move("reopen", by=by, seats_taken=self.seats_taken)
        elif self.state == "open" and self.seats <= self.seats_taken:
            self.move("fill", by=by, seats_taken=self.seats_taken)

    def _propose(self, terms: Mapping[str, Any], *, by: Person) -> GigEdit | None:
        waiting = self.waiting_edit() if self.state != "draft" else None
        if waiting is not None and waiting.values == terms:
            return waiting
        elif waiting is not None:
            waiting.state, waiting.decided_at = EDIT.transition(waiting.state, "withdraw_edit").to, clock.now()
            db.session.flush()
        if not terms:
            return None
        edit = GigEdit(
            gig_id=self.id, proposed_by=by.id, changes=stored(dict(terms)), state="waiting", created_at=clock.now()
        )
        db.session.add(edit)
        db.session.flush()
        self.note("propose_edit", by=by, from_=self.state, to=self.state, edit=edit.id, changed=sorted(terms))
        return edit

    def _decide(self, verb: str, why: str = "") -> GigEdit:
        self.lock()
        edit = self.waiting_edit()
        if edit is None:
            raise AlreadyDecided
        edit.state = EDIT.transition(edit.state, verb).to
        edit.reason, edit.decided_at = why.strip(), clock.now()
        return edit


def _without(changed: Mapping[str, Any], waits: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes that need not wait; of the answers to a category's fields some may, and others not."""
    at_once = {name: value for name, value in changed.items() if name not in waits}
    answers = {key: value for key, value in changed.get("fields", {}).items() if key not in waits.get("fields", {})}
    return at_once | ({"fields": answers} if answers else {})
