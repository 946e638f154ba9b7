"""What a marketplace's front page reads."""

from typing import Any

from sqlalchemy import Row, bindparam, func, select

from app.categories.models import Category
from app.core.database import db
from app.gigs.models import Gig
from app.profiles.models import Profile
from tenants.isolation import scoped
from tenants.models import Member

_COUNTS = select(
    select(func.count())
    .select_from(Member)
    .where(scoped(Member), Member.standing == "active")
    .scalar_subquery()
    .label("people"),
    select(func.count()).select_from(Gig).where(scoped(Gig), Gig.state == "open").scalar_subquery().label("open_gigs"),
    select(func.coalesce(func.sum(Member.finished_count), 0)).where(scoped(Member)).scalar_subquery().label("finished"),
)
_NEWEST = (
    select(Member.id, Member.name, Member.hue, Member.picture, Profile.headline)
    .outerjoin(Profile, (Profile.tenant_id == Member.tenant_id) & (Profile.member_id == Member.id))
    .where(scoped(Member), Member.standing == "active")
    .order_by(Member.joined_at.desc(), Member.id.desc())
    .limit(bindparam("how_many"))
)
_CATEGORIES = (
    select(
        Category.slug,
        Category.name,
        Category.summary,
        Category.emblem,
        select(func.count())
        .select_from(Gig)
        .where(Gig.tenant_id == Category.tenant_id, Gig.category_id == Category.id, Gig.state == "open")
        .scalar_subquery()
        .label("open_gigs"),
    )
    .where(scoped(Category), Category.archived_at.is_(None))
    .order_by(Category.position, Category.id)
)


def front_counts() -> Row[Any]:
    """Return `people`, `open_gigs` and `finished` (seats worked to their end, counted on both sides)."""
    return db.session.execute(_COUNTS).one()


def newest_members(how_many: int = 8) -> list[Row[Any]]:
    """Return the newest members: id, name, hue, picture, headline."""
    return list(db.session.execute(_NEWEST, {"how_many": how_many}))


def categories_with_counts() -> list[Row[Any]]:
    """Return the categories in their order: slug, name, summary, emblem, open_gigs."""
    return list(db.session.execute(_CATEGORIES))
