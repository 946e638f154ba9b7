"""Every page about leading a category: its people, their terms and duties, its news and reading list."""

from app.leading import bans, duties, front, handing_on, noticeboard, people
from app.leading.blueprint import blueprint

# `front` adds itself to a category's page, `handing_on` to what follows when one is no more.
__all__ = ["bans", "blueprint", "duties", "front", "handing_on", "noticeboard", "people"]
