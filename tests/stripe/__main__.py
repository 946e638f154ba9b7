"""`python -m tests.stripe --port 8009 --keep var/stripe.json --webhooks http://localhost:8000/webhooks/stripe`"""

import argparse
import os
import signal
import sys
from pathlib import Path

from tests.stripe.delivery import Deliveries, Endpoint
from tests.stripe.server import FakeStripe, serve
from tests.stripe.world import World

#: What each endpoint is told of: the plans that marketplaces pay, what leaders' own accounts take, payments for gigs.
ENDPOINTS = {
    "platform": ("customer.", "invoice.", "checkout.session."),
    "connect": ("",),
    "payments": ("payment_intent.", "charge.", "refund.", "transfer.", "payout.", "checkout.session."),
}


def endpoints(webhooks: str, secrets: dict[str, str]) -> list[Endpoint]:
    """Return the three endpoints of an installation whose secrets these are."""
    return [
        Endpoint(f"{webhooks}/{name}", secrets[name], is_connect=name == "connect", types=types)
        for name, types in ENDPOINTS.items()
        if secrets.get(name)
    ]


def main() -> None:
    """Serve until asked to end."""
    parser = argparse.ArgumentParser(prog="python -m tests.stripe", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a file in which everything is kept between starts")
    parser.add_argument(
        "--webhooks", default="", help="where webhooks go; their secrets come from STRIPE_WEBHOOK_SECRET_…"
    )
    given = parser.parse_args()
    world = World(keep=given.keep)
    secrets = {name: os.environ.get(f"STRIPE_WEBHOOK_SECRET_{name.upper()}", "") for name in ENDPOINTS}
    fake = FakeStripe(world, Deliveries(world, endpoints(given.webhooks, secrets) if given.webhooks else []))
    server = serve(fake, port=given.port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    fake.deliveries.start()
    server.serve_forever()


if __name__ == "__main__":
    main()
