"""Every page of a category's desk."""

from app.category_desk import desk, flags, matters, moves
from app.category_desk.blueprint import blueprint

# `matters` declares what waits at every desk.
__all__ = ["blueprint", "desk", "flags", "matters", "moves"]
