"""The listing of 24 gigs: how many times as many a second as the yardstick, with more and more of it remembered."""

from collections.abc import Iterator
from contextlib import ExitStack

from bench import data, people
from bench.load import Scenario, interleaved
from bench.results import Result
from bench.servers import Web, guildhall, plain

_ROWS = ('<li class="gig">', 24)


def run() -> Iterator[Result]:
    """Yield the figures of the listing, for members and visitors."""
    with ExitStack() as stack:
        database = stack.enter_context(data.small())
        visitor, member = people.visitor(), people.member(database)

        def hall(caches: str) -> Web:
            return stack.enter_context(guildhall(caches, database.environment, caches))

        def listing(name: str, web: Web, headers: dict[str, str], status: int = 200) -> Scenario:
            return Scenario(f"listing, {name}", web, "/gigs", headers, status, _ROWS)

        everything = hall("layouts,cards,lists,pages")
        tag = everything.get("/gigs", visitor)[1].get("ETag", "")
        yardstick = listing(
            "yardstick", stack.enter_context(plain("yardstick", "bench.yardstick:app", database.environment)), visitor
        )
        scenarios = {
            listing("member, nothing remembered", hall("none"), member): None,
            # The layout is made once in a marketplace's version; what belongs to the listing is made anew.
            listing("member, cards cold", hall("layouts"), member): 0.9,
            listing("member, after a change", hall("layouts,cards"), member): None,
            listing("member, ordinary use", hall("layouts,cards,lists"), member): 2.5,
            listing("member, unchanged", everything, member): 4.0,
            listing("visitor", everything, visitor): 12.0,
        }
        if tag:
            scenarios[listing("visitor, not modified", everything, visitor | {"If-None-Match": tag}, 304)] = 14.0
        floor = Scenario(
            "listing, bare server", stack.enter_context(plain("floor", "bench.floor:app", {})), "/gigs", visitor
        )
        interleaved([yardstick, *scenarios, floor])
        yield from yardstick.figures(yardstick)
        for scenario, target in scenarios.items():
            yield from scenario.figures(yardstick, target)
        if not tag:
            # A page without a tag cannot be revalidated: the browser fetches it whole.
            yield Result("listing, visitor, not modified: against the yardstick", 0.0, "×", 14.0)
        yield from floor.figures(yardstick)
