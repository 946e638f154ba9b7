"""What may stand between somebody and a first message to somebody else: features above ask for something first."""

from collections.abc import Callable

from tenants.context import Actor

#: Called with whoever begins a talk; raises a `ProductError` that says what stands in the way.
Gate = Callable[[Actor], None]

_gates: list[Gate] = []


def before_first_message(gate: Gate) -> Gate:
    """Have a function asked whenever somebody begins a talk."""
    _gates.append(gate)
    return gate


def ask_gates(by: Actor) -> None:
    """Ask everybody who asked to be asked; raises what they raise."""
    for gate in _gates:
        gate(by)
