"""What is done when we are told of an object: lock it, ask Stripe how it stands, and let ours be so."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import text

from app.core.database import db

#: Brings ours in step with an object at Stripe, which it fetches itself: `(object_id, account, now)`.
Follower = Callable[[str, str | None, datetime], None]

_followers: dict[str, Follower] = {}

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def follows(kind: str) -> Callable[[Follower], Follower]:
    """Declare what brings ours in step with objects of a kind."""

    def declare(follower: Follower) -> Follower:
        if kind in _followers:
            raise ValueError(f"two functions follow {kind}")
        _followers[kind] = follower
        return follower

    return declare


def is_followed(kind: str) -> bool:
    """Return whether anything of ours depends on objects of a kind."""
    return kind in _followers


def follow(kind: str, object_id: str, account: str | None, *, now: datetime) -> None:
    """Bring ours in step with an object at Stripe. Who else does the same to it waits until this transaction ends; what is
    fetched after the lock is at least as new as what they saw.
    """
    lock(object_id)
    _followers[kind](object_id, account, now)


def lock(object_id: str) -> None:
    """Keep others from following the same object until this transaction ends."""
    db.session.execute(_LOCK, {"name": f"stripe {object_id}"})
