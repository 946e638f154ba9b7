"""Decisions about members, appeals against them, and what the marketplace chose about both."""

from app.moderation.models.appeal import Appeal
from app.moderation.models.category_ban import CategoryBan
from app.moderation.models.measure import Measure
from app.moderation.models.settings import ModerationSettings, settings_here

__all__ = ["Appeal", "CategoryBan", "Measure", "ModerationSettings", "settings_here"]
