"""Every page of merging."""

from app.merging import pages, panel
from app.merging.blueprint import blueprint

__all__ = ["blueprint", "pages", "panel"]
