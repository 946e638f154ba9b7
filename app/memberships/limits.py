"""What a tier limits: asked where something is added, under a lock, so that two tabs cannot both take the last place.

Nothing that is there is ever taken away: whoever has more than their tier gives keeps it, and adds no more.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from app.core import clock
from app.core.database import db
from app.core.errors import ProductError
from app.core.languages import ngettext
from app.memberships.access import tiers_of
from app.memberships.models.tiers import Tier
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Tenant

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:whose, 0))")

_SAYS: dict[str, Callable[[int], str]] = {
    "posts_a_month": lambda most: ngettext(
        "Your membership lets you post %(num)s gig a month. It stays a draft; from the first of next month you can post it, "
        "or at once with a larger membership.",
        "Your membership lets you post %(num)s gigs a month. It stays a draft; from the first of next month you can post it, "
        "or at once with a larger membership.",
        most,
    ),
    "open_applications": lambda most: ngettext(
        "Your membership lets you have %(num)s hand raised at a time. When it is answered you can raise another, or at once "
        "with a larger membership.",
        "Your membership lets you have %(num)s hands raised at a time. When one is answered you can raise another, or at "
        "once with a larger membership.",
        most,
    ),
    "categories": lambda most: ngettext(
        "Your membership lets you have live gigs in %(num)s category. Post it there, or take a larger membership.",
        "Your membership lets you have live gigs in %(num)s categories. Post it in one of those, or take a larger membership.",
        most,
    ),
    "alerts": lambda most: ngettext(
        "Your membership lets you have %(num)s alert. Delete it, or take a larger membership.",
        "Your membership lets you have %(num)s alerts. Delete one, or take a larger membership.",
        most,
    ),
}


_SAYS_WITHOUT: dict[str, Callable[[int], str]] = {
    "posts_a_month": lambda most: ngettext(
        "Without a membership you can post %(num)s gig a month. It stays a draft; from the first of next month you can post "
        "it, or at once with a membership.",
        "Without a membership you can post %(num)s gigs a month. It stays a draft; from the first of next month you can post "
        "it, or at once with a membership.",
        most,
    ),
    "open_applications": lambda most: ngettext(
        "Without a membership you can have %(num)s hand raised at a time. When it is answered you can raise another, or at "
        "once with a membership.",
        "Without a membership you can have %(num)s hands raised at a time. When one is answered you can raise another, or at "
        "once with a membership.",
        most,
    ),
    "categories": lambda most: ngettext(
        "Without a membership you can have live gigs in %(num)s category. Post it there, or see what a membership gives.",
        "Without a membership you can have live gigs in %(num)s categories. Post it in one of those, or see what a "
        "membership gives.",
        most,
    ),
    "alerts": lambda most: ngettext(
        "Without a membership you can have %(num)s alert. Delete it, or see what a membership gives.",
        "Without a membership you can have %(num)s alerts. Delete one, or see what a membership gives.",
        most,
    ),
}


class LimitReached(ProductError):
    """A tier gives no more of something, or being without one. `app.access` has the page that says so, with what was typed."""

    status = 409

    def __init__(self, limit: str, most: int, *, without: bool = False) -> None:
        super().__init__((_SAYS_WITHOUT if without else _SAYS)[limit](most))
        self.without = without


def limits_without() -> dict[str, int]:
    """Return what members without a membership may at most; what is not named has no limit."""
    return dict(db.session.get_one(Tenant, current_tenant_id()).limits_without)


def hold_to(limit: str, member_id: UUID, *, used: Callable[[], int]) -> None:
    """Let a member add one more of something that their tier limits, or being without one. Whoever adds another at the same
    time waits for this transaction to end, and counts then.

    :param used: how many there are without it: counted under the lock, and only where there is a limit.
    :raises LimitReached: when there is room for no more.
    """
    tiers = tiers_of(member_id, now=clock.now())
    most = None if tiers is None else _most(limit, tiers) if tiers else limits_without().get(limit)
    if most is None:
        return
    db.session.execute(_LOCK, {"whose": f"{limit} {current_tenant_id()} {member_id}"})
    if used() >= most:
        raise LimitReached(limit, most, without=not tiers)


def _most(limit: str, tiers: frozenset[UUID]) -> int | None:
    """Return the most that some tiers give; None without a limit. Of several the largest counts."""
    column: Any = getattr(Tier, limit)
    given = db.session.scalars(select(column).where(scoped(Tier), Tier.id.in_(tiers))).all()
    return None if None in given else max(one for one in given if one is not None)
