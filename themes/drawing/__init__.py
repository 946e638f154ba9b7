"""Pictures made from a name: what a hall, a category or a person looks like before anybody uploads anything.

All are deterministic, need no script and no inline style, and take their colours from the page's tokens.
"""

from themes.drawing.crest import crest, favicon
from themes.drawing.emblem import emblem
from themes.drawing.faces import hue, initials
from themes.drawing.pattern import pattern

__all__ = ["crest", "emblem", "favicon", "hue", "initials", "pattern"]
