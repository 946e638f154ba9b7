"""Counting badges anew: for one member when facts change, for everybody at night."""

from uuid import UUID

from app.badges.models import settle
from app.core import clock
from app.core.jobs import job, periodic
from tenants.clockwork import tenants_where_it_is

#: While most sleep.
HOURS = (3,)


@job("badges.settle_one")
def settle_one(*, member_id: str) -> None:
    """Let a member have what the rules give them."""
    settle([UUID(member_id)], now=clock.now())


@periodic("41 * * * *", "badges.clockwork")
def strike() -> None:
    """Reach every tenant in its night."""
    settle_all.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("badges.settle_all")
def settle_all() -> None:
    """Let everybody have what the rules give them: time passes, and people go."""
    settle(None, now=clock.now())
