"""What may stand between a draft and its going live: features above ask for something first."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

#: Called with the gig and whoever publishes it; raises a `ProductError` that says what is to be done first.
Gate = Callable[[Any, Any], None]

#: Called with a gig that is live and the id of the category that its author puts it in; raises as a gate does.
Mover = Callable[[Any, UUID | None], None]

#: Called with a gig that is about to be live again after a pause; raises as a gate does.
Keeper = Callable[[Any], None]

#: Called with the gig and its author's id; returns why somebody has to look at it before others see it, or an empty text.
Look = Callable[[Any, UUID], str]

_gates: list[Gate] = []
_keepers: list[Keeper] = []
_movers: list[Mover] = []
_looks: list[Look] = []


def before_publishing(gate: Gate) -> Gate:
    """Have a function asked whenever a draft is to go live or to review, under the gig's lock: nothing walks around it."""
    _gates.append(gate)
    return gate


def before_resuming(keeper: Keeper) -> Keeper:
    """Have a function asked whenever a paused gig is to be live again, under the gig's lock."""
    _keepers.append(keeper)
    return keeper


def before_moving(mover: Mover) -> Mover:
    """Have a function asked whenever an author puts a gig that is no draft any more in another category, under its lock."""
    _movers.append(mover)
    return mover


def ask_movers(gig: Any, category_id: UUID | None) -> None:
    """Ask everybody who asked to be asked before a gig is in another category; raises what they raise."""
    for mover in _movers:
        mover(gig, category_id)


def ask_keepers(gig: Any) -> None:
    """Ask everybody who asked to be asked before a gig is live again; raises what they raise."""
    for keeper in _keepers:
        keeper(gig)


def ask_gates(gig: Any, by: Any) -> None:
    """Ask everybody who asked to be asked; raises what they raise."""
    for gate in _gates:
        gate(gig, by)


def look_first(look: Look) -> Look:
    """Have a function asked whether a gig is to be looked at before it goes live, whatever the category's rule."""
    _looks.append(look)
    return look


def is_looked_at_first(gig: Any, author_id: UUID) -> bool:
    """Whether anybody who asked to be asked wants to look at a gig first."""
    return any(look(gig, author_id) for look in _looks)
