"""Being kept from one category: nothing goes live there, by whichever way it would; all else goes on."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.errors import Forbidden
from app.core.languages import gettext as _
from app.gigs.models.gates import before_moving, before_publishing
from app.moderation.models.category_ban import CategoryBan
from app.moderation.words import until
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
