"""What features above add to a gig's own page, for some of those who look."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from tenants.context import Actor

#: Given the gig's row and who looks (None for a visitor); returns markup, empty where there is nothing to say to them.
Panel = Callable[[Any, Actor | None], Markup | str]

_panels: list[Panel] = []


def adds_panel(panel: Panel) -> Panel:
    """Let a feature above add something to a gig's page, before what the gig says of itself."""
    _panels.append(panel)
    return panel


def panels_of(gig: Any, viewer: Actor | None) -> list[Markup | str]:
    """Return what is added to a gig's page for whoever looks."""
    return [said for panel in _panels if (said := panel(gig, viewer))]
