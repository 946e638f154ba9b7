"""A term of office ends sooner than it would have: features above that give something for as long follow."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

#: Called with the term as it is from now on, and with the moment.
Follower = Callable[[Any, datetime], None]

_followers: list[Follower] = []


def when_cut_short(follower: Follower) -> Follower:
    """Have a function told when somebody ends a term, or lets it end sooner; not when the clock ends it as it was set."""
    _followers.append(follower)
    return follower


def tell(term: Any, now: datetime) -> None:
    """Tell everybody who asked to be told."""
    for follower in _followers:
        follower(term, now)
