"""Every page of a category's desk."""

from app.category_desk import desk, flags, moves
from app.category_desk.blueprint import blueprint

__all__ = ["blueprint", "desk", "flags", "moves"]
