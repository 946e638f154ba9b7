"""A category by its address."""

from sqlalchemy import select

from app.categories.models import Category
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import lazy_gettext as _l
from tenants.context import current_tenant_id
from tenants.isolation import scoped


class NoSuchCategory(NotFound):
    message = _l("There is no such category here.")


def category_or_404(slug: str) -> Category:
    """Return the category at an address, archived or not; of one that is no more, the one that has what it held.

    :raises NoSuchCategory: when there is none.
    """
    category = db.session.scalars(select(Category).where(scoped(Category), Category.slug == slug)).one_or_none()
    if category is None:
        raise NoSuchCategory
    elif category.into_id is None:
        return category
    else:
        return db.session.get_one(Category, (current_tenant_id(), category.into_id))
