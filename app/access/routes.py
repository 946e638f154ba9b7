"""The pages about access, put together."""

from app.access import gig_standing, giving, needed, settings, without
from app.access.blueprint import blueprint

__all__ = ["blueprint", "gig_standing", "giving", "needed", "settings", "without"]
