"""Which function answers which address; each names the type of its parameters."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.stripe.problems import Problem
from tests.stripe.world import Thing, World, a_list

Answer = Callable[..., Thing]


@dataclass(frozen=True, slots=True)
class Call:
    """One request: in which account, with which parameters."""

    world: World
    account: str
    path: str
    params: dict[str, Any]

    @property
    def now(self) -> int:
        return self.world.now()

    def add(self, prefix: str, kind: str, /, **fields: Any) -> Thing:
        return self.world.add(self.account, prefix, kind, **fields)

    def of(self, kind: str, id: Any) -> Thing:
        return self.world.of(self.account, kind, id)

    def tell(self, kind: str, thing: Thing) -> None:
        self.world.tell(self.account, kind, thing)

    def given(self, *names: str) -> dict[str, Any]:
        """Return those of the parameters that were given."""
        return {name: self.params[name] for name in names if name in self.params}

    def metadata(self, before: dict[str, str] | None = None) -> dict[str, str]:
        """Return what the object's metadata becomes; an empty value takes a name away."""
        given = self.params.get("metadata")
        merged = {} if given == "" else {**(before or {}), **(given or {})}
        return {name: value for name, value in merged.items() if value != ""}

    def listed(self, kind: str, *filters: str) -> Thing:
        """Return the account's objects of a kind, newest first, as the parameters select and page them."""
        found = self.world.all(self.account, kind, **self.given(*filters))[::-1]
        created = self.params.get("created")
        if isinstance(created, dict):
            found = [thing for thing in found if _is_within(thing["created"], created)]
        if (after := self.params.get("starting_after")) is not None:
            ids = [thing["id"] for thing in found]
            if after not in ids:
                raise Problem(f"No such {kind}: '{after}'", param="starting_after", code="resource_missing")
            found = found[ids.index(after) + 1 :]
        limit = self.params.get("limit", 10)
        if not 1 <= limit <= 100:
            raise Problem("Invalid limit: must be between 1 and 100", param="limit")
        return a_list(found[:limit], self.path, more=len(found) > limit)


def _is_within(moment: int, bounds: dict[str, int]) -> bool:
    holds = {"gt": moment.__gt__, "gte": moment.__ge__, "lt": moment.__lt__, "lte": moment.__le__}
    return all(holds[name](bound) for name, bound in bounds.items())


_ROUTES: list[tuple[str, re.Pattern[str], Any, Answer]] = []


def route(method: str, path: str, shape: Any) -> Callable[[Answer], Answer]:
    """Let a function answer an address, such as `/v1/transfers/:id/reversals`. `shape` is the TypedDict of its parameters."""
    pattern = re.compile("^" + re.sub(r":(\w+)", r"(?P<\1>[^/]+)", path) + "$")

    def declare(answer: Answer) -> Answer:
        _ROUTES.append((method, pattern, shape, answer))
        return answer

    return declare


def find(method: str, path: str) -> tuple[Any, Answer, dict[str, str]]:
    """Return the parameters' type, the function and the address's values.

    :raises Problem: when nothing answers there.
    """
    for known, pattern, shape, answer in _ROUTES:
        if known == method and (found := pattern.match(path)):
            return shape, answer, found.groupdict()
    raise Problem(f"Unrecognized request URL ({method}: {path}).", status=404)


def require(holds: bool, message: str, **more: Any) -> None:
    """Refuse a request unless something holds.

    :raises Problem: with Stripe's kind of words.
    """
    if not holds:
        raise Problem(message, **more)
