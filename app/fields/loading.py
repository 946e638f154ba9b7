"""A category's field by its address, and nothing else when there is none."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.categories.loading import category_or_404
from app.categories.models import Category
from app.core.database import db
from app.fields.failures import NoSuchField
from app.fields.models import CategoryField, FieldOption
from tenants.context import current_tenant_id
from tenants.isolation import scoped


@dataclass(frozen=True, slots=True)
class InCare:
    """A field in the care of its category's leaders; whoever may edit the category may edit it."""

    category: Category
    field: CategoryField

    @property
    def id(self) -> UUID:
        return self.category.id


def field_or_404(slug: str, field_id: UUID) -> InCare:
    """Return a field of the category at an address.

    :raises NoSuchField: when it has none of that id.
    """
    category = category_or_404(slug)
    field = db.session.get(CategoryField, (current_tenant_id(), field_id))
    if field is None or field.category_id != category.id:
        raise NoSuchField
    return InCare(category, field)


def options_of(field: CategoryField) -> list[FieldOption]:
    """Return a field's choices in their order."""
    of_field = select(FieldOption).where(scoped(FieldOption), FieldOption.field_id == field.id)
    return list(db.session.scalars(of_field.order_by(FieldOption.position, FieldOption.id)))


def option_or_404(field: CategoryField, option_id: UUID) -> FieldOption:
    """Return a choice of a field.

    :raises NoSuchField: when it has none of that id.
    """
    option = next((one for one in options_of(field) if one.id == option_id), None)
    if option is None:
        raise NoSuchField
    return option
