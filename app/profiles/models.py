"""What a member tells about themselves in one tenant."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from tenants.isolation import TenantLink, TenantRow, tenant_key


class Profile(TenantLink, Base):
    """One per member: words, availability and how to reach them. Minutes a week; a vacation hides availability."""

    __tablename__ = "profiles"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        CheckConstraint(
            "available_minutes IS NULL OR available_minutes BETWEEN 0 AND 10080", name="available_within_a_week"
        ),
        CheckConstraint(
            "vacation_until IS NULL OR vacation_from IS NULL OR vacation_until >= vacation_from",
            name="vacation_in_order",
        ),
        CheckConstraint("contact IN ('messages', 'email_after_agreement', 'email_members')", name="contact_known"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    headline: Mapped[str] = mapped_column(server_default="")
    story: Mapped[str] = mapped_column(server_default="")
    offers: Mapped[str] = mapped_column(server_default="")
    available_minutes: Mapped[int | None] = mapped_column(Integer)
    availability_confirmed_on: Mapped[date | None]
    vacation_from: Mapped[date | None]
    vacation_until: Mapped[date | None]
    place: Mapped[str] = mapped_column(server_default="")
    remote: Mapped[bool] = mapped_column(server_default="true")
    languages: Mapped[list[str]] = mapped_column(server_default="{}")
    links: Mapped[list[dict[str, Any]]] = mapped_column(server_default="[]")
    contact: Mapped[str] = mapped_column(server_default="messages")
    contact_details: Mapped[str] = mapped_column(server_default="")
    department: Mapped[str] = mapped_column(server_default="")
    manager_id: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class MemberSkill(TenantLink, Base):
    """A skill that a member holds, wants to learn or is interested in: three separate things."""

    __tablename__ = "member_skills"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("skill_id", "skills"),
        CheckConstraint("relation IN ('held', 'wanted', 'interest')", name="relation_known"),
        Index("member_skills_skill_idx", "tenant_id", "skill_id", "relation"),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    relation: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer, server_default="0")


class PortfolioItem(TenantRow, Base):
    """A piece of work to show: a picture, a few words, perhaps a link."""

    __tablename__ = "portfolio_items"
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        Index("portfolio_items_member_idx", "tenant_id", "member_id", "position", "id"),
    )

    member_id: Mapped[UUID]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(server_default="")
    url: Mapped[str] = mapped_column(server_default="")
    picture: Mapped[str | None]
    picture_width: Mapped[int | None] = mapped_column(Integer)
    picture_height: Mapped[int | None] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
