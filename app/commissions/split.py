"""How a payment is shared out: pure arithmetic in whole minor units, the same for a preview and for the money itself.

Each payment (a milestone, a partial acceptance, the whole) is split by itself. Nothing is lost in rounding: a fee is rounded
down, so that the fraction stays with whoever would pay it, and of the commission the hall keeps what its leaders' shares leave.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self
from uuid import UUID

from app.core.currencies import exponent

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Fee:
    """A fixed amount and basis points of what it is taken of; `least` and `most` bound the two together, None: no bound."""

    fixed: int = 0
    points: int = 0
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        bounds = (self.fixed, self.least, self.least if self.most is None else self.most - self.least)
        if min(bounds) < 0 or not 0 <= self.points <= WHOLE:
            raise ValueError(f"{self} is no fee")

    def __bool__(self) -> bool:
        return bool(self.fixed or self.points or self.least)

    def of(self, amount: int, *, step: int = 1) -> int:
        """Return the fee on an amount, in whole steps; of nothing it is nothing."""
        if amount <= 0:
            return 0
        fee = max(self.least, self.fixed + amount * self.points // WHOLE)
        fee = fee if self.most is None else min(fee, self.most)
        return fee - fee % step

    def without_amounts(self) -> Self:
        """Return what of the fee counts in every currency."""
        return replace(self, fixed=0, least=0, most=None)


NOTHING = Fee()


@dataclass(frozen=True, slots=True)
class FrozenTerms:
    """What was to be taken when two members agreed, kept with their agreement: later rules do not touch it.

    Client and coordinator fees come on top of the price, the worker's fee out of it. `leader` is taken of the commission (both
    fees) for the leaders of the category, `coordinator` of the price for whoever coordinates. Shares of nobody are nothing.
    """

    client: Fee = NOTHING
    worker: Fee = NOTHING
    leader: Fee = NOTHING
    leader_ids: tuple[UUID, ...] = ()
    coordinator: Fee = NOTHING
    coordinator_id: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.client or self.worker or (self.coordinator and self.coordinator_id))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Return the terms that `as_json` made."""
        fees = {name: Fee(**stored[name]) for name in _FEES}
        leaders = tuple(UUID(one) for one in stored["leader_ids"])
        coordinator = stored["coordinator_id"]
        return cls(**fees, leader_ids=leaders, coordinator_id=UUID(coordinator) if coordinator else None)

    def as_json(self) -> dict[str, Any]:
        """Return the terms as JSON keeps them."""
        fees = {name: asdict(getattr(self, name)) for name in _FEES}
        coordinator = str(self.coordinator_id) if self.coordinator_id else None
        return fees | {"leader_ids": [str(one) for one in self.leader_ids], "coordinator_id": coordinator}


_FEES = ("client", "worker", "leader", "coordinator")
FREE = FrozenTerms()


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a split. `kind` is `work` (the worker's), `leader`, `coordinator` or `commission` (the hall's: no party)."""

    kind: str
    party_id: UUID | None
    amount: int


@dataclass(frozen=True, slots=True)
class Split:
    """What becomes of a payment: `lines` sum to `client_pays` exactly, and none of them is nothing or less."""

    price: int
    client_fee: int
    worker_fee: int
    coordinator_fee: int
    lines: tuple[Share, ...]

    @property
    def client_pays(self) -> int:
        return self.price + self.client_fee + self.coordinator_fee

    @property
    def worker_gets(self) -> int:
        return self.price - self.worker_fee

    @property
    def commission(self) -> int:
        """What is taken for the hall, its leaders' shares included."""
        return self.client_fee + self.worker_fee

    @property
    def leaders_get(self) -> int:
        return sum(line.amount for line in self.lines if line.kind == "leader")

    @property
    def hall_keeps(self) -> int:
        return self.commission - self.leaders_get


def split(amount: int, terms: FrozenTerms, *, currency: str, worker_id: UUID | None = None) -> Split:
    """Share out one payment for work priced at `amount`.

    :param worker_id: whose the line of the work is.
    :raises ValueError: for less than nothing.
    """
    if amount < 0:
        raise ValueError(f"{amount} cannot be shared out")
    step = smallest_step(currency)
    client_fee = terms.client.of(amount, step=step)
    worker_fee = min(terms.worker.of(amount, step=step), amount - amount % step)
    coordinator_fee = terms.coordinator.of(amount, step=step) if terms.coordinator_id else 0
    commission = client_fee + worker_fee
    of_leaders = min(terms.leader.of(commission, step=step), commission) if terms.leader_ids else 0
    lines = (
        Share("work", worker_id, amount - worker_fee),
        *_evenly(of_leaders, terms.leader_ids, step),
        Share("coordinator", terms.coordinator_id, coordinator_fee),
        Share("commission", None, commission - of_leaders),
    )
    return Split(amount, client_fee, worker_fee, coordinator_fee, tuple(line for line in lines if line.amount))


def together(splits: Iterable[Split]) -> Split:
    """Return several payments as one: what the whole work costs, its lines by kind and party."""
    every = list(splits)
    shares: dict[tuple[str, UUID | None], int] = {}
    for line in (line for one in every for line in one.lines):
        shares[line.kind, line.party_id] = shares.get((line.kind, line.party_id), 0) + line.amount
    return Split(
        sum(one.price for one in every),
        sum(one.client_fee for one in every),
        sum(one.worker_fee for one in every),
        sum(one.coordinator_fee for one in every),
        tuple(Share(kind, party_id, amount) for (kind, party_id), amount in shares.items()),
    )


def smallest_step(currency: str) -> int:
    """Return the minor units that an amount is paid in: banks know no third decimal (https://docs.stripe.com/currencies)."""
    return 10 if exponent(currency) == 3 else 1


def _evenly(amount: int, party_ids: tuple[UUID, ...], step: int) -> Iterator[Share]:
    """Share among several leaders alike; what does not divide goes to the first, who has led for longest."""
    each = amount // len(party_ids) if party_ids else 0
    each -= each % step
    for position, party_id in enumerate(party_ids):
        yield Share("leader", party_id, each if position else amount - each * (len(party_ids) - 1))
