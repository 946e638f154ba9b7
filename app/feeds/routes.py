"""What other programs read of a marketplace: feeds, members' calendars, and what search engines ask for."""

from app.feeds import calendars, publishing
from app.feeds.blueprint import blueprint

__all__ = ["blueprint", "calendars", "publishing"]
