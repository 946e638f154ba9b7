"""Being kept from one category: nothing goes live there, by whichever way it would; all else goes on.

Where the category goes into another, whoever was kept from it is kept from that one.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.categories.dissolving import when_dissolved
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.errors import Forbidden
from app.core.languages import gettext as _
from app.gigs.models.gates import before_moving, before_publishing
from app.moderation.models.category_ban import CategoryBan
from app.moderation.models.measure import locked_member, write_restraints
from app.moderation.words import until
from tenants.context import Actor
from tenants.isolation import scoped


class KeptFromCategory(Forbidden):
    """Whoever posts is kept from this category for now."""


@before_publishing
def refuse_where_banned(gig: Any, by: Any) -> None:
    """Keep a gig from going live where its author is banned.

    :raises KeptFromCategory: until when.
    """
    refuse_moving_there(gig, gig.category_id)


@before_moving
def refuse_moving_there(gig: Any, category_id: UUID | None) -> None:
    """Keep a gig from being moved to where its author is banned; as `refuse_where_banned`."""
    kept = select(CategoryBan.until).where(
        scoped(CategoryBan),
        CategoryBan.member_id == gig.author_id,
        CategoryBan.category_id == category_id,
        CategoryBan.until > clock.now(),
    )
    last = db.session.scalar(kept) if category_id is not None else None
    if last is not None:
        raise KeptFromCategory(
            _(
                "Until %(until)s you cannot post in this category. Choose another one; under “Decisions about you” in your "
                "settings you read why, and how to appeal.",
                until=until(last),
            )
        )


@when_dissolved
def keep_from_the_other(category: Category, _into: Category, _by: Actor) -> None:
    """Let those who are kept from a category that is no more be kept from the one that took over."""
    now = clock.now()
    kept = select(CategoryBan.member_id).where(scoped(CategoryBan), CategoryBan.category_id == category.id)
    for member_id in db.session.scalars(kept.order_by(CategoryBan.member_id)).all():
        write_restraints(locked_member(member_id), now=now)
