"""What may keep somebody from being offered a gig: rooms above ask for something first."""

from collections.abc import Callable
from typing import Any

#: Called with the application and whoever offers; raises a `ProductError` that says how it is done instead.
Gate = Callable[[Any, Any], None]

_gates: list[Gate] = []


def before_proposing(gate: Gate) -> Gate:
    """Have a function asked whenever somebody is offered a gig, under the gig's lock: nothing walks around it."""
    _gates.append(gate)
    return gate


def ask(application: Any, by: Any) -> None:
    """Ask everybody who asked to be asked; raises what they raise."""
    for gate in _gates:
        gate(application, by)
