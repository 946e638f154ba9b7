"""What is done when we are told of an object: lock it, ask Stripe how it stands, and let ours be so.

Followers are declared for an endpoint and a kind: the platform's own subscriptions ("platform") are plans of marketplaces, those
of connected accounts ("connect") are memberships, and neither is ever taken for the other. Several may follow one kind (a
membership and a fee are both bought on a `checkout.session`): each lets be what it does not know.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import text

from app.core.config import WEBHOOKS
from app.core.database import db

#: Brings ours in step with an object at Stripe, which it fetches itself: `(object_id, account, now)`.
Follower = Callable[[str, str | None, datetime], None]

_followers: dict[tuple[str, str], list[Follower]] = {}

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def follows(source: str, kind: str) -> Callable[[Follower], Follower]:
    """Declare something that brings ours in step with the objects of a kind of which an endpoint is told.

    :param source: "platform" for what marketplaces pay us, "connect" for what happens in connected accounts (and to them),
        "payments" for what is paid for gigs.
    """
    if source not in WEBHOOKS:
        raise ValueError(f"there is no endpoint {source}")

    def declare(follower: Follower) -> Follower:
        _followers.setdefault((source, kind), []).append(follower)
        return follower

    return declare


def is_followed(source: str, kind: str) -> bool:
    """Return whether anything of ours depends on the objects of a kind of which an endpoint is told."""
    return (source, kind) in _followers


def followed_at(kind: str, account: str | None) -> list[str]:
    """Return the endpoints whose objects of a kind are followed, of those that tell of an account (None: the platform)."""
    told = ("connect",) if account else ("platform", "payments")
    return [source for source in told if is_followed(source, kind)]


def follow(source: str, kind: str, object_id: str, account: str | None, *, now: datetime) -> None:
    """Bring ours in step with an object at Stripe. Who else does the same to it waits until this transaction ends; what is
    fetched after the lock is at least as new as what they saw.
    """
    lock(object_id)
    for follower in _followers[source, kind]:
        follower(object_id, account, now)


def lock(object_id: str) -> None:
    """Keep others from following the same object until this transaction ends."""
    db.session.execute(_LOCK, {"name": f"stripe {object_id}"})
