"""The tenants, their addresses and members, and the people behind them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221200"
down_revision = None
branch_labels = None
depends_on = None

# Platform tables that carry a tenant: anybody may read an address, only the tenant itself may write its row. Whom a person
# belongs to (`tribes`) is read by that person alone, or by the tenant about its own members.
_HERE = "current_setting('app.tenant_id')::bigint"
_HERE_IF_ANY = "nullif(current_setting('app.tenant_id'), '')::bigint"
PLATFORM_POLICIES = [
    statement
    for table, key in (("tenants", "id"), ("tenant_versions", "tenant_id"), ("domains", "tenant_id"))
    for statement in (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY readable ON {table} FOR SELECT USING (true)",
        f"CREATE POLICY insert_own ON {table} FOR INSERT WITH CHECK ({key} = {_HERE})",
        f"CREATE POLICY update_own ON {table} FOR UPDATE USING ({key} = {_HERE}) WITH CHECK ({key} = {_HERE})",
        f"CREATE POLICY delete_own ON {table} FOR DELETE USING ({key} = {_HERE})",
    )
] + [
    "ALTER TABLE tribes ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE tribes FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY tenant ON tribes USING (tenant_id = {_HERE_IF_ANY}) WITH CHECK (tenant_id = {_HERE_IF_ANY})",
    "CREATE POLICY person ON tribes FOR SELECT USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)",
]

TENANT_TABLES = ("categories", "members", "roles")


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("email_verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
    )
    op.create_index("users_email_key", "users", [sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "tenants",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("tagline", sa.Text(), server_default="", nullable=False),
        sa.Column("welcome", sa.Text(), server_default="", nullable=False),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("locale", sa.Text(), server_default="en", nullable=False),
        sa.Column("currency", sa.Text(), server_default="EUR", nullable=False),
        sa.Column("preset", sa.Text(), server_default="atelier", nullable=False),
        sa.Column("brand_colour", sa.Text(), server_default="#a8322a", nullable=False),
        sa.Column("who_may_see", sa.Text(), server_default="anyone", nullable=False),
        sa.Column("who_may_join", sa.Text(), server_default="open", nullable=False),
        sa.Column("who_may_post", sa.Text(), server_default="members", nullable=False),
        sa.Column("join_domains", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("join_questions", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("rules_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("gig_days", sa.Integer(), server_default="60", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("status_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("checklist_dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("brand_colour ~ '^#[0-9a-f]{6}$'", name=op.f("tenants_brand_colour_is_hex")),
        sa.CheckConstraint("kind IN ('community', 'company')", name=op.f("tenants_kind_known")),
        sa.CheckConstraint("status IN ('active', 'suspended', 'closed')", name=op.f("tenants_status_known")),
        sa.CheckConstraint(
            "who_may_join IN ('open', 'approval', 'invitation')", name=op.f("tenants_who_may_join_known")
        ),
        sa.CheckConstraint(
            "who_may_post IN ('members', 'reviewed', 'leaders')", name=op.f("tenants_who_may_post_known")
        ),
        sa.CheckConstraint("who_may_see IN ('anyone', 'members')", name=op.f("tenants_who_may_see_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("tenants_pkey")),
        sa.UniqueConstraint("slug", name=op.f("tenants_slug_key")),
    )
    op.create_table(
        "tenant_versions",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("gigs", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("people", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("hall", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("tenant_versions_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("tenant_versions_pkey")),
    )
    op.create_table(
        "domains",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("domains_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("host", name=op.f("domains_pkey")),
    )
    op.create_index("domains_tenant_id_idx", "domains", ["tenant_id"], unique=False)
    op.create_table(
        "categories",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("charter", sa.Text(), server_default="", nullable=False),
        sa.Column("emblem", sa.Text(), server_default="", nullable=False),
        sa.Column("posting_rule", sa.Text(), server_default="open", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "posting_rule IN ('open', 'reviewed', 'experts')", name=op.f("categories_posting_rule_known")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("categories_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("categories_pkey")),
        sa.UniqueConstraint("tenant_id", "slug", name=op.f("categories_tenant_id_slug_key")),
    )
    op.create_index("categories_order_idx", "categories", ["tenant_id", "position", "id"], unique=False)
    op.create_table(
        "members",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hue", sa.Integer(), server_default="0", nullable=False),
        sa.Column("picture", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), server_default="active", nullable=False),
        sa.Column("standing_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("standing_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("time_zone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("rules_version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("finished_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unread_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("import_key", sa.Text(), nullable=True),
        sa.CheckConstraint("standing IN ('active', 'left', 'removed', 'banned')", name=op.f("members_standing_known")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("members_tenant_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("members_user_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("members_pkey")),
        sa.UniqueConstraint("tenant_id", "user_id", name=op.f("members_tenant_id_user_id_key")),
    )
    op.create_index("members_directory_idx", "members", ["tenant_id", "standing", "name", "id"], unique=False)
    op.create_index(
        "members_newest_idx",
        "members",
        ["tenant_id", sa.literal_column("joined_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("standing = 'active'"),
    )
    op.create_table(
        "roles",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(role IN ('category_leader', 'expert')) = (category_id IS NOT NULL)",
            name=op.f("roles_category_where_needed"),
        ),
        sa.CheckConstraint(
            "role IN ('leader', 'admin', 'moderator', 'category_leader', 'expert', 'member', 'manager')",
            name=op.f("roles_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f("roles_tenant_id_category_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("roles_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("roles_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("roles_pkey")),
        sa.UniqueConstraint(
            "tenant_id",
            "member_id",
            "role",
            "category_id",
            name=op.f("roles_tenant_id_member_id_role_category_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("roles_category_idx", "roles", ["tenant_id", "category_id"], unique=False)
    op.create_table(
        "tribes",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("tribes_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("tribes_tenant_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("tribes_user_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", name=op.f("tribes_pkey")),
    )
    op.create_index("tribes_user_id_idx", "tribes", ["user_id"], unique=False)

    for statement in PLATFORM_POLICIES:
        op.execute(statement)

    for table in TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("tribes")
    op.drop_table("roles")
    op.drop_table("members")
    op.drop_table("categories")
    op.drop_table("domains")
    op.drop_table("tenant_versions")
    op.drop_table("tenants")
    op.drop_table("users")
