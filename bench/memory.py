"""What a worker takes: with nothing remembered, and with its caches as full as they get."""

from collections.abc import Iterator
from contextlib import ExitStack

from app.core.caching import CAPACITIES, MEBIBYTE
from bench import data, people
from bench.results import Result
from bench.servers import Web, guildhall

WORKER, CACHES = 60.0, sum(CAPACITIES.values()) / MEBIBYTE


def run() -> Iterator[Result]:
    """Yield megabytes of the largest worker, after it has shown many pages of many marketplaces."""
    with ExitStack() as stack:
        database = stack.enter_context(data.small())
        members = [people.member(database, tenant=tenant) for tenant in range(1, 11)]
        bare = stack.enter_context(guildhall("bare", database.environment, "none"))
        full = stack.enter_context(guildhall("full", database.environment, "layouts,cards,lists,pages"))
        _browse(bare, members[:2])
        _browse(full, members)
        yield Result("memory, a worker that remembers nothing", bare.megabytes(), "MB", WORKER, "lower")
        yield Result("memory, a worker with full caches", full.megabytes(), "MB", WORKER + CACHES, "lower")


def _browse(web: Web, members: list[dict[str, str]]) -> None:
    """Show each marketplace's listings, gigs and people to a visitor and a member."""
    filters = [f"category=field-{number}" for number in range(1, 8)] + ["direction=offer", "where=remote", "sort=due"]
    for tenant, member in enumerate(members, start=1):
        paths = [
            *(f"/gigs?{query}" for query in filters),
            *(f"/gigs/{data.gig_id(tenant, number)}" for number in range(1, 121)),
            *(f"/people/{data.member_id(tenant, number)}" for number in range(1, 41)),
        ]
        for path in paths:
            # Twice, since either of the two workers may take a request.
            for headers in (people.visitor(tenant), member) * 2:
                web.get(path, headers)
