"""One's own profile: what is told, section by section, and the work shown."""

from app.profiles import editing, portfolio
from app.profiles.blueprint import blueprint

__all__ = ["blueprint", "editing", "portfolio"]
