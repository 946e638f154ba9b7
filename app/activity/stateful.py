"""A row whose life is a table: every verb takes the lock, asks the table, and writes one fact."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import inspect

from app.activity.recording import record
from app.core.database import db
from app.core.errors import Forbidden, Invalid
from app.core.languages import lazy_gettext as _l
from app.core.timers import timer
from app.core.transitions import Machine, Transition
from tenants.context import Actor, tenant

# Rows that point here may be added meanwhile; changes may not.
_LOCK = {"key_share": True}


class NotYours(Forbidden):
    message = _l("This is for somebody else to do.")


class ReasonMissing(Invalid):
    message = _l("Say why in a few words; the people concerned will read it.")


class Stateful:
    """What applications and agreements share. A verb of theirs is `step`, its own changes, then `enter`."""

    machine: ClassVar[Machine]

    id: UUID
    state: str
    state_changed_at: datetime
    remind_at: datetime | None
    reminded_at: datetime | None
    deadline_at: datetime | None

    def step(self, verb: str, *, by: Actor | None, why: str = "") -> Transition:
        """Lock this row, read it afresh and return the table's row for `verb`. `by` is None where a timer acts.

        :raises WrongState: when the table has none for the state that the row is in now.
        :raises NotYours: when `by` is not who the table names.
        :raises ReasonMissing: when the table asks for a reason and `why` is blank.
        """
        self.lock()
        return self.row_for(verb, by=by, why=why)

    def row_for(self, verb: str, *, by: Actor | None, why: str = "") -> Transition:
        """Return the table's row for `verb`, on a row that is locked already; else as `step`."""
        row = self.machine.transition(self.state, verb)
        self.check_actor(row, by)
        if row.needs_reason and not why.strip():
            raise ReasonMissing
        return row

    def lock(self) -> None:
        """Hold this row until the transaction ends, as it is now."""
        # Columns only: what hangs on the row stays as it was loaded.
        db.session.refresh(self, inspect(type(self)).column_attrs.keys(), with_for_update=_LOCK)

    def check_actor(self, row: Transition, by: Actor | None) -> None:
        """Check that `by` is who the table names.

        :raises NotYours: otherwise; the message says whose it is.
        """
        raise NotImplementedError

    def ends_by_itself(self, row: Transition) -> bool:
        """Whether the timer of the state that this row is in may do what `row` says."""
        waiting = self.machine.waiting.get(self.state)
        return waiting is not None and waiting.ends_with == row.verb

    def enter(
        self, row: Transition, *, by: Actor | None, now: datetime, why: str = "", until: date | None = None, **data: Any
    ) -> None:
        """Go where `row` leads, set the timer of the state there, and write down who did it and why.

        :param until: the date that the new state's timer counts from, where the table says that it has one.
        """
        from_, self.state, self.state_changed_at = self.state, row.to, now
        self.set_timer(now=now, until=until)
        record(row.verb, self, by=by, from_=from_, to=row.to, why=why, **self.facts(by), **data)

    def set_timer(self, *, now: datetime, until: date | None = None) -> None:
        """Set when the state that this row is in reminds its owner, and when it ends."""
        due = timer(self.machine.waiting.get(self.state), now=now, zone=tenant.time_zone, counts_from=until)
        self.remind_at, self.reminded_at, self.deadline_at = due.remind_at, None, due.ends_at

    def facts(self, by: Actor | None) -> dict[str, Any]:
        """Return what somebody needs to tell this row's story: ids as text, the gig's title, who else is concerned."""
        raise NotImplementedError
