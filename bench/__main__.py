"""`make bench`: run parts, print the figures, keep them in `var/bench.json`."""

import argparse
from collections.abc import Callable, Iterator

from bench import alerts, listing, memory, pages, queue, results, search, search_tenants, tenants, webhooks
from bench.load import LoadFailed
from bench.matching import part as matching
from bench.results import Result

#: Each part by its name, and whether the plain call runs it.
PARTS: dict[str, tuple[Callable[[], Iterator[Result]], bool]] = {
    "listing": (listing.run, True),
    "gig": (pages.run_gig, True),
    "profile": (pages.run_profile, True),
    "memory": (memory.run, True),
    "relevance": (search.relevance, True),
    "search": (search.speed, True),
    "alerts": (alerts.run, True),
    "matching": (matching.run, True),
    "queue": (queue.run, True),
    "webhooks": (webhooks.run, True),
    # Loading two million gigs takes many minutes the first time.
    "tenants": (tenants.run, False),
    "search-tenants": (search_tenants.run, False),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], help="all but those of 10,000 tenants when none is named"
    )
    chosen = parser.parse_args().parts or [name for name, (_, usual) in PARTS.items() if usual]
    try:
        for name in chosen:
            found = list(PARTS[name][0]())
            results.show(found)
            results.keep(found)
    except LoadFailed as failure:
        raise SystemExit(f"make bench: {failure}") from None


if __name__ == "__main__":
    main()
