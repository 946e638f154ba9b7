"""What leaders arrange and write for their marketplace: its front page, and pages of their own."""

from app.editorial import writing
from app.editorial.desk import blueprint

__all__ = ["blueprint", "writing"]
