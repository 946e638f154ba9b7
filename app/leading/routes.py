"""Every page about leading a category: its people and their terms, its news and reading list."""

from app.leading import bans, front, noticeboard, people
from app.leading.blueprint import blueprint

# `front` adds itself to a category's page.
__all__ = ["bans", "blueprint", "front", "noticeboard", "people"]
