"""Ten thousand marketplaces against ten: does one marketplace's listing notice the others?"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from app.core.database import db
from app.core.reading import Reading
from app.factory import create_app
from app.gigs.facets import facets
from app.gigs.queries import listing
from app.gigs.search import Search
from bench import data, people
from bench.data import Database
from bench.load import Scenario, interleaved
from bench.results import Result
from bench.servers import guildhall
from tenants.context import tenant_context
from tenants.resolution import tenant_by_id

ROUNDS = 9
_ROWS = ('<li class="gig">', 24)


def run() -> Iterator[Result]:
    """Yield how much slower a listing's slowest hundredth is, and how many more buffers its statements touch."""
    with ExitStack() as stack:
        few, many = stack.enter_context(data.small()), stack.enter_context(data.large())
        # As many marketplaces are visited in both, spread over all there are.
        few_hosts = [people.visitor(number)["Host"] for number in range(1, 11)]
        many_hosts = [people.visitor(number)["Host"] for number in range(500, 10_001, 1_000)]
        # Nothing of a listing is remembered: every page is read.
        ten = stack.enter_context(guildhall("ten", few.environment, "layouts"))
        ten_thousand = stack.enter_context(guildhall("ten thousand", many.environment, "layouts"))
        small = Scenario("listing among 10 tenants", ten, "/gigs", people.visitor(1), 200, _ROWS, few_hosts)
        large = Scenario("listing among 10,000", ten_thousand, "/gigs", people.visitor(500), 200, _ROWS, many_hosts)
        interleaved([small, large], rounds=ROUNDS)
        yield Result("listing, 10,000 tenants against 10: p99", large.slowness(small), "×", 1.15, "lower")
        yield Result("listing, 10,000 tenants against 10: rate", large.times(small), "×")
        in_few, in_many = _buffers(few, 7), _buffers(many, 7_000)
        yield Result("listing, 10,000 tenants: buffers a query", in_many, "buffers", in_few * 1.2, "lower")
        yield Result("listing, 10 tenants: buffers a query", in_few, "buffers", better="lower")


def _buffers(database: Database, tenant: int) -> float:
    """Return how many buffers the listing's statements touch as the runtime role, under row-level security."""
    application = create_app(database.settings)
    with application.app_context(), tenant_context(tenant_by_id(tenant)):
        with _recorded() as statements:
            listing(Search(), None)
            facets(Search(), None)
        plans = [
            db.session.connection()
            .exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {text}", parameters)
            .scalar()
            for text, parameters in statements
        ]
        db.session.remove()
        db.engine.dispose()
    return sum(float(plan[0]["Plan"][kind]) for plan in plans for kind in ("Shared Hit Blocks", "Shared Read Blocks"))


@contextmanager
def _recorded() -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Give the list of what is read inside the block: statements and their parameters."""
    statements: list[tuple[str, dict[str, Any]]] = []
    run = Reading._run

    def noted(reading: Reading, parameters: dict[str, Any]) -> Any:
        statements.append((reading._compiled.string, reading._compiled.construct_params(parameters)))
        return run(reading, parameters)

    with patch.object(Reading, "_run", noted):
        yield statements
