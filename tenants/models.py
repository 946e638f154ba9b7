"""The tenant, its addresses, its members and their roles."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.core.languages import LANGUAGES
from tenants.isolation import TenantLink, TenantRow, tenant_key
from tenants.needs import AFTER_LAPSE, MOST_GRACE

KINDS = ("community", "company")
STATUSES = ("active", "suspended", "closed")
WHO_MAY_SEE = ("anyone", "members")
WHO_MAY_JOIN = ("open", "approval", "invitation")
WHO_MAY_POST = ("members", "reviewed", "leaders")
ROLES = ("leader", "admin", "moderator", "category_leader", "expert", "member", "manager", "customer", "recruiter")
STANDINGS = ("active", "left", "removed", "banned")


def one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the CHECK expression that confines a text column to `values`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class Tenant(Base):
    """One marketplace. Everybody may read the row (its address is public); only itself may write it."""

    __tablename__ = "tenants"
    shown_in = ("gigs", "people", "hall")
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind_known"),
        CheckConstraint(one_of("status", STATUSES), name="status_known"),
        CheckConstraint(one_of("who_may_see", WHO_MAY_SEE), name="who_may_see_known"),
        CheckConstraint(one_of("who_may_join", WHO_MAY_JOIN), name="who_may_join_known"),
        CheckConstraint(one_of("who_may_post", WHO_MAY_POST), name="who_may_post_known"),
        CheckConstraint(one_of("locale", tuple(LANGUAGES)), name="locale_known"),
        CheckConstraint(one_of("after_lapse", AFTER_LAPSE), name="after_lapse_known"),
        CheckConstraint(f"grace_days BETWEEN 0 AND {MOST_GRACE}", name="grace_days_known"),
        CheckConstraint("brand_colour ~ '^#[0-9a-f]{6}$'", name="brand_colour_is_hex"),
        CheckConstraint("logo ~ '^[0-9a-f]{32} [0-9]+ [0-9]+$'", name="logo_is_a_picture"),
        CheckConstraint("cover ~ '^[0-9a-f]{32} [0-9]+ [0-9]+$'", name="cover_is_a_picture"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="active")
    field: Mapped[str] = mapped_column(server_default="")
    tagline: Mapped[str] = mapped_column(server_default="")
    welcome: Mapped[str] = mapped_column(server_default="")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    locale: Mapped[str] = mapped_column(server_default="en")
    currency: Mapped[str] = mapped_column(server_default="EUR")
    preset: Mapped[str] = mapped_column(server_default="atelier")
    brand_colour: Mapped[str] = mapped_column(server_default="#a8322a")
    # `Picture.written`: the pages of a tenant need to know no more than its own row.
    logo: Mapped[str | None]
    cover: Mapped[str | None]
    who_may_see: Mapped[str] = mapped_column(server_default="anyone")
    who_may_join: Mapped[str] = mapped_column(server_default="open")
    who_may_post: Mapped[str] = mapped_column(server_default="members")
    join_domains: Mapped[list[str]] = mapped_column(server_default="{}")
    join_questions: Mapped[list[str]] = mapped_column(server_default="{}")
    # Who needs a membership for what (`tenants.needs`), and what becomes of those who owe for theirs.
    membership_needs: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    # What members without a membership may of what tiers limit (`app.memberships.limits`); what is not named has no limit.
    limits_without: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    grace_days: Mapped[int] = mapped_column(Integer, server_default="7")
    after_lapse: Mapped[str] = mapped_column(server_default="others")
    rules_version: Mapped[int] = mapped_column(Integer, server_default="0")
    # Whether members may take reviews of them elsewhere, and show those that were written elsewhere.
    reviews_leave: Mapped[bool] = mapped_column(server_default="true")
    reviews_arrive: Mapped[bool] = mapped_column(server_default="true")
    gig_days: Mapped[int] = mapped_column(Integer, server_default="60")
    # How many pages of its own are published: known before any of them is looked up.
    page_count: Mapped[int] = mapped_column(Integer, server_default="0")
    # How many tiers are on sale, in the same way.
    tier_count: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    status_changed_at: Mapped[datetime | None]
    status_reason: Mapped[str] = mapped_column(server_default="")
    checklist_dismissed_at: Mapped[datetime | None]


class TenantVersions(Base):
    """How often each kind of content changed, bumped last in the transaction that changes it; caches key on it."""

    __tablename__ = "tenant_versions"

    tenant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tenants.id"), primary_key=True)
    gigs: Mapped[int] = mapped_column(BigInteger, server_default="0")
    people: Mapped[int] = mapped_column(BigInteger, server_default="0")
    hall: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Domain(Base):
    """An address of a tenant's, without a port. A removed one stays as a tombstone: names are never used again."""

    __tablename__ = "domains"
    __table_args__ = (Index("domains_tenant_id_idx", "tenant_id"),)

    host: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("tenants.id"))
    is_primary: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    removed_at: Mapped[datetime | None]


class Member(TenantRow, Base):
    """A person inside one tenant: who they are here. What they tell about themselves is their profile."""

    __tablename__ = "members"
    shown_in = ("gigs", "people")
    # What changes with every visit, and shows to themselves alone.
    never_shown = frozenset(
        {
            "seen_on",
            "seen_before_on",
            "unread_count",
            "unread_messages",
            "rules_version",
            "time_zone",
            "locale",
            "restraints",
        }
    )
    __table_args__ = (
        UniqueConstraint("tenant_id", "user_id"),
        CheckConstraint(one_of("standing", STANDINGS), name="standing_known"),
        CheckConstraint(one_of("locale", ("", *LANGUAGES)), name="locale_known"),
        Index("members_directory_idx", "tenant_id", "standing", "name", "id"),
        Index(
            "members_newest_idx",
            "tenant_id",
            text("joined_at DESC"),
            text("id DESC"),
            postgresql_where=text("standing = 'active'"),
        ),
    )

    # Null once the person has left and the row only keeps other people's history readable.
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    hue: Mapped[int] = mapped_column(Integer, server_default="0")
    picture: Mapped[str | None]
    standing: Mapped[str] = mapped_column(server_default="active")
    standing_reason: Mapped[str] = mapped_column(server_default="")
    standing_changed_at: Mapped[datetime | None]
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    # What they chose to read; empty: what the hall speaks.
    locale: Mapped[str] = mapped_column(server_default="")
    rules_version: Mapped[int] = mapped_column(Integer, server_default="0")
    # What moderators keep them from for a time (`tenants.restraints`): the measures say so, this is read with every request.
    restraints: Mapped[str] = mapped_column(server_default="")
    joined_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    # The last day on which they were here, and the one before it: what is new is new since then.
    seen_on: Mapped[date | None]
    seen_before_on: Mapped[date | None]
    finished_count: Mapped[int] = mapped_column(Integer, server_default="0")
    # What they have not read: notifications, and messages in all of their threads (`thread_marks` say in which).
    unread_count: Mapped[int] = mapped_column(Integer, server_default="0")
    unread_messages: Mapped[int] = mapped_column(Integer, server_default="0")
    import_key: Mapped[str | None]

    @property
    def is_active(self) -> bool:
        return self.standing == "active"


class Role(TenantLink, Base):
    """A role that a member holds; for category leaders and experts, in one category and perhaps for a term."""

    __tablename__ = "roles"
    shown_in = ("people",)
    __table_args__ = (
        tenant_key("member_id", "members", ondelete="CASCADE"),
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "member_id", "role", "category_id", postgresql_nulls_not_distinct=True),
        CheckConstraint(one_of("role", ROLES), name="role_known"),
        CheckConstraint(
            "(role IN ('category_leader', 'expert')) = (category_id IS NOT NULL)", name="category_where_needed"
        ),
        Index("roles_category_idx", "tenant_id", "category_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    member_id: Mapped[UUID]
    role: Mapped[str]
    category_id: Mapped[UUID | None]
    granted_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    granted_by: Mapped[UUID | None]
    # When it ends by the clock (`tenants.offices`); None: when somebody takes it.
    until: Mapped[datetime | None]
