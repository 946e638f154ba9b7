"""A live gig rests, resumes, ends, runs out and is renewed."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import update

from app.authorization import MembershipNeeded
from app.core import clock
from app.core.database import db
from app.gigs.models.approval import zone
from app.gigs.models.edits import GigEdit
from app.gigs.models.failures import DueDatePassed, GigClosed
from app.gigs.models.gates import ask_keepers
from app.gigs.models.moves import Person
from app.gigs.models.publication import Publication
from app.memberships.access import who_lacks
from tenants.isolation import scoped

if TYPE_CHECKING:
    from app.gigs.models.gig import Gig


class Running(Publication):
    """What may happen between going live and the end."""

    accepting: bool
    seats: int
    seats_taken: int
    due_on: date | None
    updated_at: datetime

    def pause(self, *, by: Person, why: str) -> None:
        """Rest: nobody can apply until it is resumed."""
        self.move("pause", by=by, why=why)

    def resume(self, *, by: Person | None) -> None:
        """Be live again; where every seat was taken meanwhile, as a filled gig.

        :raises MembershipNeeded: when it is held, and its author has no membership yet.
        :raises ProductError: what a feature above raises that keeps it at rest.
        """
        self.lock()
        ask_keepers(self)
        if self.held_at is not None:
            self._refuse_without_membership()
        self.move("resume", by=by)
        self._fill_where_full(by)

    def hold(self, *, now: datetime) -> None:
        """Rest until its author has a membership again. Its dates stay as they are."""
        self.move("hold", by=None, sets={"held_at": now})

    def release(self) -> None:
        """Be live again after it was held; where every seat was taken meanwhile, as a filled gig."""
        self.move("release", by=None)
        self._fill_where_full(None)

    def close(self, *, by: Person | None, why: str) -> None:
        """End it. Whoever still waits for an answer gets one."""
        self.move("close", by=by, why=why)
        self._drop_edit()

    def become_part_of(self, into: "Gig", *, by: Person, why: str) -> None:
        """End as a part of another gig, to which its address leads from now on. What comes along has gone before."""
        self.move("merge", by=by, why=why, sets={"merged_into": into.id}, into=into.title, into_id=into.id)
        self._drop_edit()

    def expire(self) -> None:
        """Reach the end of its time, where the clock says so."""
        self.move("expire", by=None)

    def renew(self, *, by: Person) -> None:
        """Run for another span from today.

        :raises DueDatePassed: when it was due before today.
        :raises MembershipNeeded: when posting needs a membership that its author does not have.
        """
        self.lock()
        self._refuse_without_membership()
        if self.due_on is not None and self.due_on < clock.today(zone()):
            raise DueDatePassed
        self.run_on("renew", by=by)
        self._fill_where_full(by)

    def remove(self, *, by: Person, why: str) -> None:
        """Take it down for breaking a rule; the row and the reason stay."""
        self.move("remove", by=by, why=why)
        self._drop_edit()

    def restore(self, *, by: Person) -> None:
        """Be there again, at rest, after it was taken down; its author resumes it."""
        self.move("restore", by=by)

    def discard(self, *, by: Person) -> None:
        """Throw a draft away."""
        self.move("discard", by=by)

    def stop_applications(self, *, by: Person) -> None:
        """Take no more applications while it runs on."""
        self._accept(False, "stop_applications", by)

    def take_applications(self, *, by: Person) -> None:
        """Take applications again."""
        self._accept(True, "take_applications", by)

    def _refuse_without_membership(self) -> None:
        if who_lacks("post", {self.author_id}, now=clock.now()):
            raise MembershipNeeded("post")

    def _fill_where_full(self, by: Person | None) -> None:
        # Places may have been taken, or made fewer, while it was off the lists.
        if self.seats_taken >= self.seats:
            self.move("fill", by=by, seats_taken=self.seats_taken)

    def _accept(self, accepting: bool, verb: str, by: Person) -> None:
        self.lock()
        if self.state not in ("open", "paused", "filled"):
            raise GigClosed
        if self.accepting != accepting:
            self.accepting = accepting
            self.note(verb, by=by)

    def _drop_edit(self) -> None:
        # What ended has nothing left to review.
        db.session.execute(
            update(GigEdit)
            .where(scoped(GigEdit), GigEdit.gig_id == self.id, GigEdit.state == "waiting")
            .values(state="withdrawn", decided_at=clock.now())
        )
