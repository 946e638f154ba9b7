"""Who sees which gigs: one rule for lists, counts and pages."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, all_, and_, bindparam, func, literal_column, or_, select, union_all

from app.gigs.models import Gig
from app.profiles.blocks import Block
from tenants.isolation import scoped

#: The id of the signed-in member who looks, wherever a statement depends on that.
VIEWER: Any = bindparam("viewer", type_=Uuid())

_APART = union_all(
    select(Block.blocked_id).where(scoped(Block), Block.blocker_id == VIEWER),
    select(Block.blocker_id).where(scoped(Block), Block.blocked_id == VIEWER),
)
# As an array it is read once for the whole statement, not once for each gig.
_APART_IDS = func.array(_APART.scalar_subquery())


def meant_for(*, signed_in: bool) -> ColumnElement[bool]:
    """Return the predicate on gigs that `VIEWER`, or a visitor, may see among the live ones.

    Members see what is for members, and nothing of people whom they blocked or who blocked them.
    """
    if signed_in:
        return Gig.author_id != all_(_APART_IDS)
    else:
        return Gig.audience == literal_column("'hall'")


def is_apart() -> ColumnElement[bool]:
    """Return whether `VIEWER` and the gig's author have blocked each other, for one gig's own page."""
    return is_apart_from(Gig.author_id)


def is_apart_from(member_id: Any) -> ColumnElement[bool]:
    """Return whether `VIEWER` and a member, given as a column, have blocked each other."""
    return member_id == func.any(_APART_IDS)


def keep_apart(member_id: Any, other_id: Any) -> ColumnElement[bool]:
    """Return whether two members, each given as a column, have blocked each other: for many viewers in one statement."""
    blocked = select(Block.blocker_id).where(
        scoped(Block),
        or_(
            and_(Block.blocker_id == member_id, Block.blocked_id == other_id),
            and_(Block.blocker_id == other_id, Block.blocked_id == member_id),
        ),
    )
    return blocked.exists()


def everybody_apart() -> ColumnElement[list[UUID]]:
    """Return all members who have blocked somebody or were blocked: whoever is not among them sees what all others see."""
    both = union_all(select(Block.blocker_id).where(scoped(Block)), select(Block.blocked_id).where(scoped(Block)))
    return func.array(both.scalar_subquery())
