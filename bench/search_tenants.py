"""Ten thousand marketplaces against ten: does one marketplace's search notice the others?"""

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from bench import data, people
from bench.data import Database
from bench.results import Result
from bench.search import QUESTIONS, p95, seconds
from bench.servers import guildhall

_ROUNDS = 5


def run() -> Iterator[Result]:
    """Yield how much longer the slowest twentieth of a visitor's searches takes: the median of each round's ratio."""
    with ExitStack() as stack:
        yield from compared(stack, stack.enter_context(data.small()), stack.enter_context(data.large()), 10_000)


def compared(stack: ExitStack, few: Database, many: Database, count: int) -> Iterator[Result]:
    """Yield the figures for two databases of marketplaces of the same size: ten of them, and `count`."""
    data.make_findable(few)
    data.make_findable(many)
    # As many marketplaces are visited in both, spread over all there are; nothing that is found is remembered.
    ways = {
        "few": (stack.enter_context(guildhall("few", few.environment, "layouts")), range(1, 11)),
        "many": (
            stack.enter_context(guildhall("many", many.environment, "layouts")),
            range(count // 20, count + 1, count // 10),
        ),
    }
    rounds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(_ROUNDS + 1):
        times: dict[str, list[float]] = {name: [] for name in ways}
        for question in QUESTIONS:
            path = f"/gigs?q={question.replace(' ', '+')}"
            for place in range(10):
                for name, (web, tenants) in ways.items():
                    times[name].append(seconds(web, path, people.visitor(tenants[place])))
        # The first round warms connections and plans.
        for name in ways if number else ():
            rounds[name].append(p95(times[name]))
    slowness = median(many / few for many, few in zip(rounds["many"], rounds["few"], strict=True))
    yield Result("search among 10 tenants: p95", median(rounds["few"]) * 1000, "ms")
    yield Result(f"search among {count:,} tenants: p95", median(rounds["many"]) * 1000, "ms")
    yield Result(f"search, {count:,} tenants against 10: p95", slowness, "×", 1.2, "lower")
