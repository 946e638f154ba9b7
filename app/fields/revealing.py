"""Who may see what an agreement reveals: features above know who has agreed on what."""

from collections.abc import Callable
from uuid import UUID

#: Given a gig and a member; whether they are a side of an agreement on it that stands.
Reveals = Callable[[UUID, UUID], bool]

_reveals: list[Reveals] = []


def reveals(asked: Reveals) -> Reveals:
    """Have a function asked before something is shown that an agreement reveals."""
    _reveals.append(asked)
    return asked


def is_revealed(gig_id: UUID, member_id: UUID) -> bool:
    """Return whether a member has agreed on a gig with its author."""
    return any(asked(gig_id, member_id) for asked in _reveals)
