"""What features above add to a category's own page, above the list of its gigs."""

from collections.abc import Callable

from markupsafe import Markup

from app.categories.models import Category

#: Given the category; returns markup, empty where there is nothing to say.
Part = Callable[[Category], Markup | str]

_parts: list[Part] = []


def adds_part(part: Part) -> Part:
    """Let a feature above add something to the pages of categories."""
    _parts.append(part)
    return part


def parts_of(category: Category) -> list[Markup | str]:
    """Return what is added to a category's page."""
    return [said for part in _parts if (said := part(category))]
