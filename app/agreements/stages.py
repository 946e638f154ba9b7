"""How far an agreement has come on the way that all of them go."""

from typing import Any

from app.agreements.models import Agreement
from app.core.languages import lazy_gettext as _l

#: The way that every agreement goes, for the stepper: a label and the states at that step.
STAGES = (
    (_l("Terms"), ("proposed", "countered")),
    (_l("Agreed"), ("agreed", "awaiting_release")),
    (_l("At work"), ("active", "paused")),
    (_l("Handed over"), ("delivered", "changes_requested")),
    (_l("Accepted"), ("accepted", "resolved")),
    (_l("Reviewed"), ("reviewed",)),
)


def stage_of(agreement: Agreement, facts: list[Any]) -> tuple[int, bool]:
    """Return the position on `STAGES` (from 1), and whether something went wrong there."""
    state, wrong = agreement.state, agreement.state in ("cancelled", "disputed")
    if wrong:
        # Where it stood when it was broken off.
        state = next((fact.from_state for fact in reversed(facts) if fact.to_state == state), state)
        state = "active" if state == "disputed" else state
    position = next((at for at, (_, states) in enumerate(STAGES, start=1) if state in states), 1)
    # The last step is done, not under way.
    return (position + 1 if state == "reviewed" else position), wrong
