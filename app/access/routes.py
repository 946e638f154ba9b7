"""The pages about access, put together."""

from app.access import needed, settings
from app.access.blueprint import blueprint

__all__ = ["blueprint", "needed", "settings"]
