"""What can happen, what must hold, and which steps a history has: all of it follows from the history's number."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.billing.histories.life import Life

Step = Callable[["Life", random.Random], None]
Wish = Callable[["Life"], None]
#: A step's name, and what its chance follows from.
Told = tuple[str, str]

#: How a marketplace stands when its history begins: with nothing at Stripe; with a shop that sells; with people who pay in it.
BEGINNINGS = ("bare", "shop", "lived in")

# Happens in every history, beside what its rooms are about.
_ALWAYS = "weather"

_steps: dict[str, Step] = {}
_rooms: dict[str, dict[str, int]] = {}
_truths: list[Wish] = []
_wishes: list[Wish] = []


def happens(weight: int) -> Callable[[Step], Step]:
    """Declare something that can happen, so often beside the others of its module: its room."""

    def declare(step: Step) -> Step:
        room, name = step.__module__.rpartition(".")[2], step.__name__
        if name in _steps:
            raise ValueError(f"two steps are called {name}")
        _steps[name] = step
        _rooms.setdefault(room, {})[name] = weight
        return step

    return declare


def holds(truth: Wish) -> Wish:
    """Declare what must be so at the end of every history."""
    _truths.append(truth)
    return truth


def at_last(wish: Wish) -> Wish:
    """Declare what somebody asks for once more when all is well again, whose answer never reached them."""
    _wishes.append(wish)
    return wish


def step_named(name: str) -> Step:
    return _steps[name]


def truths() -> list[Wish]:
    return list(_truths)


def wishes() -> list[Wish]:
    return list(_wishes)


def told(number: int, *, longest: int = 14) -> tuple[str, list[Told]]:
    """Return how a history begins, and its steps. Two in five are about everything at once; the others are about two rooms,
    and so come further into them.
    """
    chance = random.Random(number)
    beginning = chance.choices(BEGINNINGS, (1, 3, 3))[0]
    rooms = _rooms_of(chance, beginning)
    names: list[str] = []
    for _ in range(chance.randint(4, longest)):
        # Half of what happens is weather: else little of the rest would be told of, followed, or interrupted.
        room = _ALWAYS if chance.random() < 0.5 else chance.choice(rooms)
        names += chance.choices(list(_rooms[room]), list(_rooms[room].values()))
    return beginning, [(name, f"{number} {place}") for place, name in enumerate(names)]


def _rooms_of(chance: random.Random, beginning: str) -> list[str]:
    rooms = sorted(set(_rooms) - {_ALWAYS})
    if beginning == "bare":
        return sorted({"connecting", *chance.sample(rooms, 2)})
    return rooms if chance.random() < 0.4 else chance.sample(rooms, 2)
