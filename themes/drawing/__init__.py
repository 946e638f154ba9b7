"""Pictures made from a name: what a hall, a category or a person looks like before anybody uploads anything.

All are deterministic, need no script and no inline style, and take their colours from the page's tokens.
"""

from themes.drawing.faces import hue, initials

__all__ = ["hue", "initials"]
