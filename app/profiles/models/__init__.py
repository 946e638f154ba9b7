"""What a member tells about themselves in one tenant: words and availability, skills, work to show."""

from app.profiles.models.portfolio import PortfolioFull, PortfolioItem
from app.profiles.models.profile import NothingToConfirm, Profile
from app.profiles.models.skills import MemberSkill

__all__ = ["MemberSkill", "NothingToConfirm", "PortfolioFull", "PortfolioItem", "Profile"]
