"""What a new marketplace starts with, by its field of work. A leader may change all of it."""

from app.openings.fields import (
    care,
    creative,
    design,
    education,
    food,
    local,
    making,
    software,
    talent,
)
from app.openings.fields.field import Access, Field, StarterCategory

FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        design.FIELD,
        software.FIELD,
        local.FIELD,
        creative.FIELD,
        care.FIELD,
        talent.FIELD,
        food.FIELD,
        education.FIELD,
        making.FIELD,
    )
}

__all__ = ["FIELDS", "Access", "Field", "StarterCategory"]
