"""How what was agreed is settled: the rooms above say what becomes of money or credits, agreements say when.

Everything here is called inside the transaction and under the locks of the step that it belongs to: work that counts as accepted
is settled, or neither is so. What needs somebody else's service (Stripe) is only put down there, and done by a job. A refusal
(`ProductError`) refuses the whole step.

    @settles("credits")
    def pay_hours(agreement, milestone, *, now): ...

A settler is called for every milestone that is accepted, and once with None when the whole work is; also where a leader finds
that it counts as finished. It may be called again for what is settled already, and then does nothing.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

#: `(agreement, milestone or None, *, now)`: it was accepted.
Settler = Callable[..., None]
#: `(agreement, *, by, now)`: `by` puts its terms forward, or agrees as the second of the two, or finds that a part was done.
Binder = Callable[..., None]
#: `(agreement, *, verb, by, now)`: it ends by `verb` (`cancel`, `dissolve`, `resolve`), and what was not accepted will not be.
#: The agreement still stands as it did before.
Ender = Callable[..., None]
#: `(agreement) -> sentences`: what would become of money or credits, for whoever is about to end it.
Foreteller = Callable[[Any], list[str]]

_Function = TypeVar("_Function", bound=Callable[..., Any])

_weighers: dict[str, Binder] = {}
_binders: dict[str, Binder] = {}
_settlers: dict[str, Settler] = {}
_enders: dict[str, Ender] = {}
_dividers: dict[str, Binder] = {}
_foretellers: dict[str, Foreteller] = {}


def weighs(settlement: str) -> Callable[[_Function], _Function]:
    """Declare what may refuse terms when somebody puts them forward."""
    return _declare(_weighers, settlement)


def binds(settlement: str) -> Callable[[_Function], _Function]:
    """Declare what is done, or refused, when both sides have agreed to an agreement that is settled so."""
    return _declare(_binders, settlement)


def settles(settlement: str) -> Callable[[_Function], _Function]:
    """Declare what is done when work that is settled so (`money`, `credits`) is accepted."""
    return _declare(_settlers, settlement)


def ends(settlement: str) -> Callable[[_Function], _Function]:
    """Declare what is done when an agreement that is settled so is cancelled, dissolved, or settled without being finished."""
    return _declare(_enders, settlement)


def divides(settlement: str) -> Callable[[_Function], _Function]:
    """Declare what is done when a leader finds that part of such an agreement's work was done, and that it ends there."""
    return _declare(_dividers, settlement)


def foretells(settlement: str) -> Callable[[_Function], _Function]:
    """Declare what is said of money or credits before somebody ends an agreement that is settled so."""
    return _declare(_foretellers, settlement)


def weigh(agreement: Any, *, by: Any, now: datetime) -> None:
    """Let terms be refused that cannot be kept, when they are put forward."""
    if weigher := _weighers.get(agreement.settlement):
        weigher(agreement, by=by, now=now)


def bind(agreement: Any, *, by: Any, now: datetime) -> None:
    """Do, or refuse, what two people's agreement needs beforehand."""
    if binder := _binders.get(agreement.settlement):
        binder(agreement, by=by, now=now)


def settle(agreement: Any, milestone: Any | None, *, now: datetime) -> None:
    """Settle a milestone that was accepted, or with None the whole work."""
    if settler := _settlers.get(agreement.settlement):
        settler(agreement, milestone, now=now)


def end(agreement: Any, *, verb: str, by: Any | None, now: datetime) -> None:
    """Settle what an agreement leaves open when it ends by `verb` (`cancel`, `dissolve`, `resolve`)."""
    if ender := _enders.get(agreement.settlement):
        ender(agreement, verb=verb, by=by, now=now)


def divide(agreement: Any, *, by: Any | None, now: datetime) -> None:
    """Settle what an agreement leaves open of which only a part was done."""
    if divider := _dividers.get(agreement.settlement):
        divider(agreement, by=by, now=now)


def foretold(agreement: Any) -> list[str]:
    """Return what would become of money or credits if the agreement ended now, in sentences."""
    foreteller = _foretellers.get(agreement.settlement)
    return foreteller(agreement) if foreteller else []


def _declare(kept: dict[str, Any], settlement: str) -> Callable[[_Function], _Function]:
    def declare(function: _Function) -> _Function:
        if settlement in kept:
            raise ValueError(f"two functions settle {settlement}")
        kept[settlement] = function
        return function

    return declare
