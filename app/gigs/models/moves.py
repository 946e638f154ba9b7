"""What every verb of a gig shares: lock the row, ask the table, change the state, write one fact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.gigs.models.failures import ReasonMissing
from app.gigs.models.listeners import tell
from app.gigs.states import GIG
from tenants.versions import touch


class Person(Protocol):
    """Whoever acts: the signed-in actor, or a member."""

    @property
    def id(self) -> UUID: ...


class Moves:
    """The one door through which a gig's state changes."""

    id: UUID
    author_id: UUID
    title: str
    state: str
    state_reason: str
    state_changed_at: datetime
    held_at: datetime | None

    def lock(self) -> None:
        """Hold the row until the transaction ends, and know it as it is now."""
        db.session.flush()
        db.session.refresh(self, with_for_update=True)

    def move(
        self, verb: str, *, by: Person | None, why: str = "", sets: Mapping[str, Any] | None = None, **data: Any
    ) -> None:
        """Do `verb` as the table has it, with the columns that change along in `sets`. `by` is None where a timer acts.

        :raises WrongState: when the table has no such row.
        :raises ReasonMissing: when the row asks for a reason and `why` is empty.
        """
        self.lock()
        self.move_locked(verb, by=by, why=why, sets=sets, **data)

    def move_locked(
        self, verb: str, *, by: Person | None, why: str = "", sets: Mapping[str, Any] | None = None, **data: Any
    ) -> None:
        """Do `verb` as `move` does, on a row that was read under its lock just now."""
        row = GIG.transition(self.state, verb)
        if row.needs_reason and not why.strip():
            raise ReasonMissing
        was, self.state = self.state, row.to
        self.state_reason, self.state_changed_at = why.strip(), clock.now()
        # Whatever happens to it next, it is no longer held; `hold` itself says so in `sets`.
        self.held_at = None
        for name, value in (sets or {}).items():
            setattr(self, name, value)
        self.note(verb, by=by, from_=was, to=row.to, why=why.strip(), **data)
        tell(self, verb, by, why.strip())

    def note(self, verb: str, *, by: Person | None, **facts: Any) -> None:
        """Write one fact about this gig, and let pages that show it be made anew."""
        record(verb, self, by=by.id if by else None, kind="gig", title=self.title, author=self.author_id, **facts)
        touch("gigs")
