"""What memberships leave to the worker, and what is compared at night."""

from app.memberships import comparing, following, naming, platform_share
from app.memberships.ending import end_at_stripe

__all__ = ["comparing", "end_at_stripe", "following", "naming", "platform_share"]
