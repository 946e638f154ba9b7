"""The pages of moderation: one blueprint, by subject."""

from app.moderation import appealing, deciding, newcomers, publishing, refusing, watching
from app.moderation.blueprint import blueprint

__all__ = ["appealing", "blueprint", "deciding", "newcomers", "publishing", "refusing", "watching"]
