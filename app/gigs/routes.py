"""Every page about gigs: finding them, posting them, running them, reviewing them; and the categories they are posted in."""

from app.gigs import (
    browsing,
    category_editing,
    category_pages,
    ending,
    particulars,
    posting,
    reviewing,
    running,
    suggesting,
)
from app.gigs.blueprint import blueprint

blueprints = (blueprint, category_pages.blueprint)

__all__ = [
    "blueprints",
    "browsing",
    "category_editing",
    "ending",
    "particulars",
    "posting",
    "reviewing",
    "running",
    "suggesting",
]
