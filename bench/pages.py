"""A gig's page and a member's: beside the yardstick's listing, for visitors and members."""

from collections.abc import Iterator
from contextlib import ExitStack

from bench import data, people
from bench.load import Scenario, interleaved
from bench.results import Result
from bench.servers import guildhall, plain


def run_gig() -> Iterator[Result]:
    """Yield the figures of a gig's page."""
    return _page("gig", f"/gigs/{data.gig_id(1, 5)}")


def run_profile() -> Iterator[Result]:
    """Yield the figures of a member's page."""
    return _page("profile", f"/people/{data.member_id(1, 7)}")


def _page(name: str, path: str) -> Iterator[Result]:
    with ExitStack() as stack:
        database = stack.enter_context(data.small())
        visitor, member = people.visitor(), people.member(database)
        bare = stack.enter_context(plain("yardstick", "bench.yardstick:app", database.environment))
        cold = stack.enter_context(guildhall("cold", database.environment, "layouts"))
        warm = stack.enter_context(guildhall("warm", database.environment, "layouts,cards,lists,pages"))
        yardstick = Scenario(f"{name}, yardstick's listing", bare, "/gigs", visitor)
        scenarios = [
            Scenario(f"{name}, visitor, cold", cold, path, visitor),
            Scenario(f"{name}, visitor", warm, path, visitor),
            Scenario(f"{name}, member", warm, path, member),
        ]
        interleaved([yardstick, *scenarios])
        for scenario in scenarios:
            yield from scenario.figures(yardstick)
