"""Every page about leading a category: its people and their terms, its news and reading list."""

from app.leading import front as _front  # noqa: F401  (it adds itself to a category's page)
from app.leading import noticeboard, people
from app.leading.blueprint import blueprint

__all__ = ["blueprint", "noticeboard", "people"]
