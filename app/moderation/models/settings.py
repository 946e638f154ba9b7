"""What a marketplace chose about moderation: one row, or none while everything is as it comes."""

from sqlalchemy import CheckConstraint, Integer
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink


class ModerationSettings(TenantLink, Base):
    """The leaders' choices.

    :ivar publishes_summary: whether everybody may read how often each rule was applied.
    :ivar looks_at_first: whether somebody's first gig waits until it was looked at.
    :ivar new_days: for how many days somebody is new; 0: nobody is.
    :ivar new_gigs: how many live gigs somebody new may have.
    :ivar new_talks: to how many people somebody new may write first.
    :ivar most_links: a gig with more links is looked at first.
    """

    __tablename__ = "moderation_settings"
    __table_args__ = (
        CheckConstraint(
            "new_days >= 0 AND new_gigs > 0 AND new_talks > 0 AND most_links >= 0", name="limits_not_negative"
        ),
    )

    publishes_summary: Mapped[bool] = mapped_column(server_default="false")
    looks_at_first: Mapped[bool] = mapped_column(server_default="false")
    new_days: Mapped[int] = mapped_column(Integer, server_default="0")
    new_gigs: Mapped[int] = mapped_column(Integer, server_default="5")
    new_talks: Mapped[int] = mapped_column(Integer, server_default="10")
    most_links: Mapped[int] = mapped_column(Integer, server_default="5")


_AS_IT_COMES = {
    "publishes_summary": False,
    "looks_at_first": False,
    "new_days": 0,
    "new_gigs": 5,
    "new_talks": 10,
    "most_links": 5,
}


def settings_to_change() -> ModerationSettings:
    """Return the same under its lock, kept from now on: two who choose at once are one after the other."""
    first = insert(ModerationSettings).values(tenant_id=current_tenant_id(), **_AS_IT_COMES)
    db.session.execute(first.on_conflict_do_nothing())
    return db.session.get_one(ModerationSettings, current_tenant_id(), with_for_update=True, populate_existing=True)


def settings_here() -> ModerationSettings:
    """Return what the tenant in force chose; what nobody changed is as it comes."""
    return db.session.get(ModerationSettings, current_tenant_id()) or ModerationSettings(**_AS_IT_COMES)
