"""The pages of moderation: one blueprint, by subject."""

from app.moderation import appealing, category_bans, deciding, newcomers, publishing, refusing, watching
from app.moderation.blueprint import blueprint

__all__ = ["appealing", "blueprint", "category_bans", "deciding", "newcomers", "publishing", "refusing", "watching"]
