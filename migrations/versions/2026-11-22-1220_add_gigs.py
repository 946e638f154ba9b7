"""Gigs and the hands raised for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221220"
down_revision = "202611221215"
branch_labels = None
depends_on = None

TENANT_TABLES = ("gigs", "gig_skills", "gig_edits", "applications")


def upgrade() -> None:
    op.create_table(
        "gigs",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="gig", nullable=False),
        sa.Column("settlement", sa.Text(), server_default="none", nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("accepting", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("questions", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("seats", sa.Integer(), server_default="1", nullable=False),
        sa.Column("seats_taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("effort_span", sa.Text(), nullable=True),
        sa.Column("effort_minutes", sa.Integer(), nullable=True),
        sa.Column("remote", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("pay_kind", sa.Text(), nullable=True),
        sa.Column("pay_min", sa.BigInteger(), nullable=True),
        sa.Column("pay_max", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("credits_minutes", sa.Integer(), nullable=True),
        sa.Column("favour", sa.Text(), server_default="", nullable=False),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expiry_reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("import_key", sa.Text(), nullable=True),
        sa.Column("copied_from", sa.Uuid(), nullable=True),
        sa.CheckConstraint("direction IN ('request', 'offer')", name=op.f("gigs_direction_known")),
        sa.CheckConstraint(
            "effort_span IS NULL OR effort_span IN ('total', 'day', 'week')", name=op.f("gigs_effort_span_known")
        ),
        sa.CheckConstraint(
            "kind IN ('gig', 'mentorship', 'shadowing', 'committee', 'learning')", name=op.f("gigs_kind_known")
        ),
        sa.CheckConstraint("pay_kind IS NULL OR pay_kind IN ('fixed', 'hourly')", name=op.f("gigs_pay_kind_known")),
        sa.CheckConstraint("settlement = 'money' OR pay_min IS NULL", name=op.f("gigs_pay_only_for_money")),
        sa.CheckConstraint("settlement IN ('money', 'credits', 'favour', 'none')", name=op.f("gigs_settlement_known")),
        sa.CheckConstraint(
            "state = 'draft' OR state = 'in_review' OR published_at IS NOT NULL OR state = 'removed'",
            name=op.f("gigs_live_has_a_date"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'in_review', 'open', 'paused', 'filled', 'closed', 'expired', 'removed')",
            name=op.f("gigs_state_known"),
        ),
        sa.CheckConstraint("effort_minutes IS NULL OR effort_minutes > 0", name=op.f("gigs_effort_positive")),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name=op.f("gigs_span_in_order")
        ),
        sa.CheckConstraint("pay_max IS NULL OR pay_max >= pay_min", name=op.f("gigs_pay_in_order")),
        sa.CheckConstraint("pay_min IS NULL OR pay_min >= 0", name=op.f("gigs_pay_not_negative")),
        sa.CheckConstraint("seats > 0", name=op.f("gigs_seats_positive")),
        sa.CheckConstraint("seats_taken BETWEEN 0 AND seats", name=op.f("gigs_seats_not_overdrawn")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "author_id"], ["members.tenant_id", "members.id"], name=op.f("gigs_tenant_id_author_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f("gigs_tenant_id_category_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gigs_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("gigs_pkey")),
        sa.UniqueConstraint("tenant_id", "import_key", name=op.f("gigs_tenant_id_import_key_key")),
    )
    op.create_index("gigs_author_idx", "gigs", ["tenant_id", "author_id", "state"], unique=False)
    op.create_index(
        "gigs_category_newest_idx",
        "gigs",
        [
            sa.literal_column("tenant_id"),
            sa.literal_column("category_id"),
            sa.literal_column("published_at DESC"),
            sa.literal_column("id DESC"),
        ],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "gigs_due_idx",
        "gigs",
        [sa.literal_column("tenant_id"), sa.literal_column("due_on"), sa.literal_column("id")],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "gigs_expiry_idx",
        "gigs",
        ["tenant_id", "expires_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('open', 'paused')"),
    )
    op.create_index(
        "gigs_newest_idx",
        "gigs",
        [sa.literal_column("tenant_id"), sa.literal_column("published_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "gigs_review_queue_idx",
        "gigs",
        ["tenant_id", "category_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'in_review'"),
    )
    op.create_table(
        "gig_skills",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("relation IN ('needed', 'gained')", name=op.f("gig_skills_relation_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"],
            ["gigs.tenant_id", "gigs.id"],
            name=op.f("gig_skills_tenant_id_gig_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "skill_id"],
            ["skills.tenant_id", "skills.id"],
            name=op.f("gig_skills_tenant_id_skill_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gig_skills_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "gig_id", "relation", "skill_id", name=op.f("gig_skills_pkey")),
    )
    op.create_index("gig_skills_skill_idx", "gig_skills", ["tenant_id", "skill_id", "relation"], unique=False)
    op.create_table(
        "gig_edits",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'returned', 'withdrawn')", name=op.f("gig_edits_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"],
            ["gigs.tenant_id", "gigs.id"],
            name=op.f("gig_edits_tenant_id_gig_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("gig_edits_tenant_id_proposed_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gig_edits_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("gig_edits_pkey")),
    )
    op.create_index(
        "gig_edits_waiting_key",
        "gig_edits",
        ["tenant_id", "gig_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "applications",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="sent", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('sent', 'shortlisted', 'offered', 'accepted', 'declined', 'withdrawn', 'closed')",
            name=op.f("applications_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "applicant_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("applications_tenant_id_applicant_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"], ["gigs.tenant_id", "gigs.id"], name=op.f("applications_tenant_id_gig_id_fkey")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("applications_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("applications_pkey")),
    )
    op.create_index(
        "applications_applicant_idx", "applications", ["tenant_id", "applicant_id", "state", "id"], unique=False
    )
    op.create_index(
        "applications_deadline_idx",
        "applications",
        ["tenant_id", "deadline_at"],
        unique=False,
        postgresql_where=sa.text("deadline_at IS NOT NULL"),
    )
    op.create_index("applications_gig_idx", "applications", ["tenant_id", "gig_id", "state", "id"], unique=False)
    op.create_index(
        "applications_one_open_key",
        "applications",
        ["tenant_id", "gig_id", "applicant_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('sent', 'shortlisted', 'offered', 'accepted')"),
    )

    for table in TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("applications")
    op.drop_table("gig_edits")
    op.drop_table("gig_skills")
    op.drop_table("gigs")
