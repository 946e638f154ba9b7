"""Whoever looks after a category suggests how a gig would better read; its author takes it or declines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611250101"
down_revision = "202611250401"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gig_suggestions",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("suggested_by", sa.Uuid(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("was", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'taken', 'declined', 'withdrawn', 'lapsed')",
            name=op.f("gig_suggestions_state_known"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gig_suggestions_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"],
            ["gigs.tenant_id", "gigs.id"],
            name=op.f("gig_suggestions_tenant_id_gig_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "suggested_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("gig_suggestions_tenant_id_suggested_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("gig_suggestions_pkey")),
    )
    op.create_index(
        "gig_suggestions_waiting_key",
        "gig_suggestions",
        ["tenant_id", "gig_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("gig_suggestions_gig_idx", "gig_suggestions", ["tenant_id", "gig_id"])
    for moment in ("remind", "deadline"):
        op.create_index(
            f"gig_suggestions_{moment}_idx",
            "gig_suggestions",
            ["tenant_id", f"{moment}_at"],
            postgresql_where=sa.text(f"{moment}_at IS NOT NULL"),
        )
    for statement in row_security("gig_suggestions"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("gig_suggestions")
