"""What other programs read of a marketplace: feeds, and what search engines ask for."""

from app.feeds import publishing
from app.feeds.blueprint import blueprint

__all__ = ["blueprint", "publishing"]
