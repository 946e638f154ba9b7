"""What members tell about themselves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221215"
down_revision = "202611221210"
branch_labels = None
depends_on = None

TENANT_TABLES = ("skills", "profiles", "member_skills", "portfolio_items")


def upgrade() -> None:
    op.create_table(
        "skills",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("skills_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("skills_pkey")),
        sa.UniqueConstraint("tenant_id", "slug", name=op.f("skills_tenant_id_slug_key")),
    )
    op.create_table(
        "profiles",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("headline", sa.Text(), server_default="", nullable=False),
        sa.Column("story", sa.Text(), server_default="", nullable=False),
        sa.Column("offers", sa.Text(), server_default="", nullable=False),
        sa.Column("available_minutes", sa.Integer(), nullable=True),
        sa.Column("availability_confirmed_on", sa.Date(), nullable=True),
        sa.Column("vacation_from", sa.Date(), nullable=True),
        sa.Column("vacation_until", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("remote", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("links", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("contact", sa.Text(), server_default="messages", nullable=False),
        sa.Column("contact_details", sa.Text(), server_default="", nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "contact IN ('messages', 'email_after_agreement', 'email_members')", name=op.f("profiles_contact_known")
        ),
        sa.CheckConstraint(
            "available_minutes IS NULL OR available_minutes BETWEEN 0 AND 10080",
            name=op.f("profiles_available_within_a_week"),
        ),
        sa.CheckConstraint(
            "vacation_until IS NULL OR vacation_from IS NULL OR vacation_until >= vacation_from",
            name=op.f("profiles_vacation_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("profiles_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("profiles_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", name=op.f("profiles_pkey")),
    )
    op.create_table(
        "member_skills",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("relation IN ('held', 'wanted', 'interest')", name=op.f("member_skills_relation_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("member_skills_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "skill_id"],
            ["skills.tenant_id", "skills.id"],
            name=op.f("member_skills_tenant_id_skill_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("member_skills_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", "relation", "skill_id", name=op.f("member_skills_pkey")),
    )
    op.create_index("member_skills_skill_idx", "member_skills", ["tenant_id", "skill_id", "relation"], unique=False)
    op.create_table(
        "portfolio_items",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("picture", sa.Text(), nullable=True),
        sa.Column("picture_width", sa.Integer(), nullable=True),
        sa.Column("picture_height", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("portfolio_items_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("portfolio_items_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("portfolio_items_pkey")),
    )
    op.create_index(
        "portfolio_items_member_idx", "portfolio_items", ["tenant_id", "member_id", "position", "id"], unique=False
    )

    for table in TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("portfolio_items")
    op.drop_table("member_skills")
    op.drop_table("profiles")
    op.drop_table("skills")
