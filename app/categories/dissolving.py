"""A category is no more: what it held becomes another's. Its row stays, and its address leads to the other."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from app.categories.models import Category
from app.core.database import db
from app.core.errors import Invalid
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor
from tenants.isolation import scoped

#: Called with the category that goes, the one that takes over, and whoever decided it.
Follower = Callable[[Category, Category, Actor], None]

_followers: list[Follower] = []


class NowhereToGo(Invalid):
    message = _l("Choose another category, one that is not archived.")


def when_dissolved(follower: Follower) -> Follower:
    """Have a function hand on what belongs to a category that is no more: features above keep rows of their own."""
    _followers.append(follower)
    return follower


def dissolve(category: Category, *, into: Category, by: Actor, now: datetime) -> None:
    """Let another category have all that this one holds: gigs, what is within it, its people, and whatever else is kept with it.

    :raises NowhereToGo: when that is the same or archived, or this one is no more already.
    :raises LastCategory: when no other category is left.
    """
    # Both in one order, so that two who put together the same never wait for each other in a circle; and as they are by then.
    both = select(Category).where(scoped(Category), Category.id.in_([category.id, into.id])).order_by(Category.id)
    db.session.scalars(both.with_for_update().execution_options(populate_existing=True)).all()
    if into.id == category.id or into.is_archived or category.into_id is not None:
        raise NowhereToGo
    category.let_children_go(into)
    if not category.is_archived:
        category.archive(by=by)
    category.into_id, category.parent_id = into.id, None
    db.session.flush()
    # Whatever was put together with this one before follows it.
    db.session.execute(
        update(Category).where(scoped(Category), Category.into_id == category.id).values(into_id=into.id)
    )
    for follower in _followers:
        follower(category, into, by)
    category.note("dissolve", by, into=into.name)


def hand_on(rows: Any, category: Category, into: Category, *alike: str) -> None:
    """Let the rows of a model that are a category's be another's, but where that has one alike already.

    :param alike: the columns by which two rows say the same.
    """
    other = aliased(rows)
    same = [getattr(other, name).is_not_distinct_from(getattr(rows, name)) for name in alike]
    has_one = select(other.category_id).where(scoped(other), other.category_id == into.id, *same).correlate(rows)
    theirs = (scoped(rows), rows.category_id == category.id)
    without = {"synchronize_session": False}
    db.session.execute(delete(rows).where(*theirs, has_one.exists()), execution_options=without)
    db.session.execute(update(rows).where(*theirs).values(category_id=into.id), execution_options=without)
