"""What a category asks of its gigs beside what every gig says: its fields, their choices, and what gigs answered."""

from app.fields.models.answer import GigFieldValue
from app.fields.models.field import CategoryField
from app.fields.models.option import FieldOption

__all__ = ["CategoryField", "FieldOption", "GigFieldValue"]
