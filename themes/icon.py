"""A hall's icon in the browser's tab, and its address."""

import hashlib
from functools import lru_cache

from themes.drawing import favicon
from themes.theme import EDITION


@lru_cache(maxsize=256)
def icon(name: str, colour: str) -> str:
    """Return the icon as an SVG document."""
    return favicon(name, colour)


@lru_cache(maxsize=1024)
def icon_url(name: str, colour: str) -> str:
    """Return the address of a hall's icon on its own host; it draws nothing."""
    return f"/icon-{icon_digest(name, colour)}.svg"


def icon_digest(name: str, colour: str) -> str:
    """Return what in the address changes with the name, the colour and the way icons are drawn."""
    return hashlib.sha256(f"{EDITION}:{colour}:{name}".encode(errors="replace")).hexdigest()[:12]
