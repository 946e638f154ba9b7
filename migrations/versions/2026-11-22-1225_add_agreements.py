"""Agreements, what is handed over, and reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221225"
down_revision = "202611221220"
branch_labels = None
depends_on = None

TENANT_TABLES = ("agreements", "terms_rounds", "milestones", "deliveries", "attachments", "reviews")


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default="proposed", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), server_default="", nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("pay_kind", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("credits_minutes", sa.Integer(), nullable=True),
        sa.Column("favour", sa.Text(), server_default="", nullable=False),
        sa.Column("effort_span", sa.Text(), nullable=True),
        sa.Column("effort_minutes", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("remote", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("conditions", sa.Text(), server_default="", nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("resume_on", sa.Date(), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'countered', 'agreed', 'awaiting_release', 'active', 'paused', 'delivered', 'changes_requested', 'accepted', 'reviewed', 'cancelled', 'disputed', 'resolved')",
            name=op.f("agreements_state_known"),
        ),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("agreements_amount_not_negative")),
        sa.CheckConstraint("client_id <> worker_id", name=op.f("agreements_two_different_people")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "application_id"],
            ["applications.tenant_id", "applications.id"],
            name=op.f("agreements_tenant_id_application_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "asked_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("agreements_tenant_id_asked_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "client_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("agreements_tenant_id_client_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ended_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("agreements_tenant_id_ended_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"], ["gigs.tenant_id", "gigs.id"], name=op.f("agreements_tenant_id_gig_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "worker_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("agreements_tenant_id_worker_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("agreements_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("agreements_pkey")),
        sa.UniqueConstraint("tenant_id", "application_id", name=op.f("agreements_tenant_id_application_id_key")),
    )
    op.create_index("agreements_client_idx", "agreements", ["tenant_id", "client_id", "state", "id"], unique=False)
    op.create_index(
        "agreements_deadline_idx",
        "agreements",
        ["tenant_id", "deadline_at"],
        unique=False,
        postgresql_where=sa.text("deadline_at IS NOT NULL"),
    )
    op.create_index("agreements_gig_idx", "agreements", ["tenant_id", "gig_id"], unique=False)
    op.create_index("agreements_worker_idx", "agreements", ["tenant_id", "worker_id", "state", "id"], unique=False)
    op.create_table(
        "terms_rounds",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements.tenant_id", "agreements.id"],
            name=op.f("terms_rounds_tenant_id_agreement_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("terms_rounds_tenant_id_proposed_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("terms_rounds_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("terms_rounds_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "round", name=op.f("terms_rounds_tenant_id_agreement_id_round_key")
        ),
    )
    op.create_table(
        "milestones",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), server_default="planned", nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'delivered', 'changes_requested', 'accepted')", name=op.f("milestones_state_known")
        ),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("milestones_amount_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements.tenant_id", "agreements.id"],
            name=op.f("milestones_tenant_id_agreement_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("milestones_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("milestones_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "position", name=op.f("milestones_tenant_id_agreement_id_position_key")
        ),
    )
    op.create_table(
        "deliveries",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=True),
        sa.Column("delivered_by", sa.Uuid(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("links", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answer_note", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements.tenant_id", "agreements.id"],
            name=op.f("deliveries_tenant_id_agreement_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "delivered_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("deliveries_tenant_id_delivered_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "milestone_id"],
            ["milestones.tenant_id", "milestones.id"],
            name=op.f("deliveries_tenant_id_milestone_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("deliveries_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("deliveries_pkey")),
    )
    op.create_index("deliveries_agreement_idx", "deliveries", ["tenant_id", "agreement_id", "id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "delivery_id"],
            ["deliveries.tenant_id", "deliveries.id"],
            name=op.f("attachments_tenant_id_delivery_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "uploaded_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("attachments_tenant_id_uploaded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("attachments_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("attachments_pkey")),
    )
    op.create_index("attachments_delivery_idx", "attachments", ["tenant_id", "delivery_id"], unique=False)
    op.create_table(
        "reviews",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("private_note", sa.Text(), server_default="", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("reviews_rating_one_to_five")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements.tenant_id", "agreements.id"],
            name=op.f("reviews_tenant_id_agreement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "author_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("reviews_tenant_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "subject_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("reviews_tenant_id_subject_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("reviews_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("reviews_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "author_id", name=op.f("reviews_tenant_id_agreement_id_author_id_key")
        ),
    )
    op.create_index(
        "reviews_subject_idx",
        "reviews",
        [sa.literal_column("tenant_id"), sa.literal_column("subject_id"), sa.literal_column("published_at DESC")],
        unique=False,
    )

    for table in TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("reviews")
    op.drop_table("attachments")
    op.drop_table("deliveries")
    op.drop_table("milestones")
    op.drop_table("terms_rounds")
    op.drop_table("agreements")
