"""What the fake knows: accounts with their objects, a clock, the events that tell of changes."""

import json
import random
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path
from threading import RLock
from time import time
from typing import Any

from tests.stripe.problems import NoSuch

Thing = dict[str, Any]

PLATFORM = "acct_platform"
DAY = 86_400
#: Payments can be paid out two days after they came.
SETTLES_AFTER = 2 * DAY


class World:
    """One Stripe. Whoever changes it holds `lock`.

    :param clock: gives the seconds since 1970 to which `offset` is added when the clock is moved.
    """

    def __init__(
        self, *, clock: Callable[[], float] = time, seed: int | str | None = None, keep: Path | None = None
    ) -> None:
        self.clock, self.offset = clock, 0
        self.lock = RLock()
        #: Where its pages are, for links to them.
        self.base = ""
        self.accounts: dict[str, dict[str, Thing]] = {PLATFORM: {}}
        self.answers: dict[str, tuple[str, int, Any]] = {}
        #: Events that no webhook has told of yet: (account, event).
        self.untold: list[tuple[str, Thing]] = []
        #: Whether charges reach the balance only after they are paid, as Stripe lets them unless it is asked otherwise.
        self.captures_late = False
        self._random = random.Random(seed)
        self._keep, self._moved_from = keep, ""
        if keep is not None and keep.exists():
            self.offset, self.accounts, self._moved_from = json.loads(keep.read_text()).values()

    def live_at(self, base: str) -> None:
        """Have pages at an address; links that were made at another lead here."""
        if self._moved_from and self._moved_from != base:
            self.accounts = json.loads(json.dumps(self.accounts).replace(self._moved_from, base))
        self.base = base

    def now(self) -> int:
        """Return the fake's own time, in seconds since 1970."""
        return int(self.clock()) + self.offset

    def keep(self) -> None:
        """Write everything down where a world outlives its process."""
        if self._keep is not None:
            draft = self._keep.with_suffix(".draft")
            draft.write_text(json.dumps({"offset": self.offset, "accounts": self.accounts, "base": self.base}))
            draft.replace(self._keep)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_{self._random.getrandbits(96):024x}"

    def add(self, account: str, prefix: str, kind: str, /, **fields: Any) -> Thing:
        """Return a new object of an account."""
        thing = {"id": self.new_id(prefix), "object": kind, "created": self.now(), "livemode": False, **fields}
        self.accounts[account][thing["id"]] = thing
        return thing

    def of(self, account: str, kind: str, id: Any) -> Thing:
        """Return an account's object.

        :raises NoSuch: when that account has none of that kind.
        """
        thing = self.accounts.get(account, {}).get(id)
        if thing is None or thing["object"] != kind:
            raise NoSuch(kind, str(id))
        return thing

    def all(self, account: str, kind: str, **equal: Any) -> list[Thing]:
        """Return an account's objects of a kind whose fields have these values, oldest first."""
        return [
            thing
            for thing in self.accounts.get(account, {}).values()
            if thing["object"] == kind and all(thing.get(name) == value for name, value in equal.items())
        ]

    def account(self, id: str) -> Thing:
        """Return a connected account. They are kept among the platform's objects."""
        return self.of(PLATFORM, "account", id)

    def tell(self, account: str, kind: str, thing: Thing, **before: Any) -> Thing:
        """Keep an event about an object as it is now."""
        data: Thing = {"object": shown(thing)}
        if before:
            data["previous_attributes"] = before
        event = self.add(
            account, "evt", "event", type=kind, data=data, api_version=None, pending_webhooks=1, request=None
        )
        self.untold.append((account, event))
        return event

    def change(self, account: str, thing: Thing, kind: str, **fields: Any) -> None:
        """Change fields of an object and tell of it, unless they are so already."""
        before = {name: thing.get(name) for name, value in fields.items() if thing.get(name) != value}
        thing.update(fields)
        if before:
            self.tell(account, kind, thing, **before)

    def move_money(self, account: str, kind: str, source: str, amount: int, currency: str, **more: Any) -> Thing:
        """Change an account's balance; `fees` is what is kept of the amount, `waits` how long until it can be paid out."""
        fees: list[Thing] = more.get("fees", [])
        fee = sum(part["amount"] for part in fees)
        return self.add(
            account,
            "txn",
            "balance_transaction",
            amount=amount,
            currency=currency,
            fee=fee,
            fee_details=fees,
            net=amount - fee,
            type=kind,
            reporting_category=kind,
            source=source,
            available_on=self.now() + more.get("waits", 0),
            status="available" if not more.get("waits") else "pending",
            description=None,
            exchange_rate=None,
            balance_type="payments",
        )

    def balance(self, account: str, currency: str, *, available: bool = True) -> int:
        """Return what an account has in a currency: what can be paid out, or all of it."""
        return sum(
            part["net"]
            for part in self.all(account, "balance_transaction", currency=currency)
            if not available or part["available_on"] <= self.now()
        )


def shown(thing: Any) -> Any:
    """Return a copy of an object without what only the fake knows (names with an underscore before them)."""
    if isinstance(thing, dict):
        return {name: shown(value) for name, value in thing.items() if not name.startswith("_")}
    elif isinstance(thing, list):
        return [shown(value) for value in thing]
    else:
        return deepcopy(thing)


def a_list(things: Iterable[Thing], url: str, *, more: bool = False) -> Thing:
    """Return a list as Stripe writes it."""
    return {"object": "list", "data": list(things), "has_more": more, "url": url}
