"""What features above add to a category's own page: some of it above the list of its gigs, some below."""

from collections.abc import Callable

from markupsafe import Markup

from app.categories.models import Category

#: Given the category; returns markup, empty where there is nothing to say.
Part = Callable[[Category], Markup | str]

_parts: list[Part] = []
_feet: list[Part] = []


def adds_part(part: Part) -> Part:
    """Let a feature above add something to the pages of categories, above their gigs: what is new, and short."""
    _parts.append(part)
    return part


def adds_foot(part: Part) -> Part:
    """As `adds_part`, below the gigs."""
    _feet.append(part)
    return part


def parts_of(category: Category) -> list[Markup | str]:
    """Return what is added to a category's page above its gigs."""
    return [said for part in _parts if (said := part(category))]


def feet_of(category: Category) -> list[Markup | str]:
    """Return what is added to a category's page below its gigs."""
    return [said for part in _feet if (said := part(category))]
