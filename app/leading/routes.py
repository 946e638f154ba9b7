"""Every page about leading a category: its people, their terms and duties, its news and reading list."""

from app.leading import bans, duties, front, noticeboard, people
from app.leading.blueprint import blueprint

# `front` adds itself to a category's page.
__all__ = ["bans", "blueprint", "duties", "front", "noticeboard", "people"]
