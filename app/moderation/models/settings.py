"""What a marketplace chose about moderation: one row, or none while everything is as it comes."""

from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink


class ModerationSettings(TenantLink, Base):
    """The leaders' choices. `publishes_summary`: whether everybody may read how often each rule was applied."""

    __tablename__ = "moderation_settings"

    publishes_summary: Mapped[bool] = mapped_column(server_default="false", default=False)


def settings_here() -> ModerationSettings:
    """Return what the tenant in force chose; what nobody changed is as it comes."""
    return db.session.get(ModerationSettings, current_tenant_id()) or ModerationSettings(publishes_summary=False)
