"""State machines as tables: what may happen to a thing, who owns each waiting, and the timer that ends it.

One table per noun, next to its model; the docs and the style guide draw their pictures from the same tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from app.core.errors import Conflict
from app.core.languages import gettext as _


class WrongState(Conflict):
    """The verb does not apply in the state that the thing is in: somebody was faster, or this page was sent twice."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: in any of `from_`, `by` may do `verb`, and then the state is `to`."""

    verb: str
    from_: tuple[str, ...]
    to: str
    by: str
    words: str
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A state that waits for somebody: who owns it, when they are reminded, and what ends it when they do nothing.

    `ends_after` is None where a date of the thing itself ends it (a due date, an expiry). With `counts_from` both spans
    count from that date of the thing where it has one; a negative `remind_after` is before it.
    """

    owner: str
    remind_after: timedelta | None
    ends_after: timedelta | None
    ends_with: str
    words: str
    counts_from: str = ""


@dataclass(frozen=True)
class Machine:
    """The states of one noun, their labels for people, and every transition between them."""

    noun: str
    labels: dict[str, str]
    transitions: tuple[Transition, ...]
    waiting: dict[str, Waiting] = field(default_factory=dict)

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(self.labels)

    def transition(self, state: str, verb: str) -> Transition:
        """Return the row for `verb` in `state`.

        :raises WrongState: when the table has none.
        """
        for row in self.transitions:
            if row.verb == verb and state in row.from_:
                return row
        raise WrongState(self._why_not(state, verb))

    def _why_not(self, state: str, verb: str) -> str:
        label = self.labels[state]
        if any(row.verb == verb and row.to == state for row in self.transitions):
            return _("This stands at “%(state)s” already.", state=label)
        else:
            return _("This stands at “%(state)s”, so that can't be done now.", state=label)

    def allows(self, state: str, verb: str) -> bool:
        return any(row.verb == verb and state in row.from_ for row in self.transitions)

    def verbs(self, state: str) -> Iterable[Transition]:
        """Return the rows that apply in `state`."""
        return (row for row in self.transitions if state in row.from_)

    def ends(self, state: str) -> bool:
        """Whether nothing can follow `state`."""
        return not any(state in row.from_ for row in self.transitions)
