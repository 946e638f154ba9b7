"""Agreements and applications know when they remind, disputes how they ended, reviews until when they can be written."""

import sqlalchemy as sa
from alembic import op

revision = "202611221310"
down_revision = "202611221300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("applications", sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "applications_remind_idx",
        "applications",
        ["tenant_id", "remind_at"],
        unique=False,
        postgresql_where=sa.text("remind_at IS NOT NULL"),
    )

    for moment in ("remind_at", "disputed_at", "reviews_until"):
        op.add_column("agreements", sa.Column(moment, sa.DateTime(timezone=True), nullable=True))
    op.add_column("agreements", sa.Column("outcome", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("agreements_outcome_known"), "agreements", "outcome IS NULL OR outcome IN ('finished', 'partly', 'ended')"
    )
    for index, column, where in (
        ("agreements_remind_idx", "remind_at", "remind_at IS NOT NULL"),
        ("agreements_reviews_idx", "reviews_until", "reviews_until IS NOT NULL"),
        ("agreements_disputes_idx", "disputed_at", "state = 'disputed'"),
    ):
        op.create_index(index, "agreements", ["tenant_id", column], unique=False, postgresql_where=sa.text(where))
    # After a proposal that came to nothing there may be another.
    op.drop_constraint("agreements_tenant_id_application_id_key", "agreements", type_="unique")
    op.create_index(
        "agreements_one_per_application_key",
        "agreements",
        ["tenant_id", "application_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )

    op.create_check_constraint(
        op.f("deliveries_answer_known"),
        "deliveries",
        "answer IS NULL OR answer IN ('accepted', 'changes_requested', 'set_aside')",
    )
    op.create_index(
        "reviews_notes_idx",
        "reviews",
        [sa.literal_column("tenant_id"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("private_note <> ''"),
    )


def downgrade() -> None:
    op.drop_index("reviews_notes_idx", "reviews")
    op.drop_constraint(op.f("deliveries_answer_known"), "deliveries", type_="check")
    op.drop_index("agreements_one_per_application_key", "agreements")
    op.create_unique_constraint(
        "agreements_tenant_id_application_id_key", "agreements", ["tenant_id", "application_id"]
    )
    for index in ("agreements_disputes_idx", "agreements_reviews_idx", "agreements_remind_idx"):
        op.drop_index(index, "agreements")
    op.drop_constraint(op.f("agreements_outcome_known"), "agreements", type_="check")
    for column in ("outcome", "reviews_until", "disputed_at", "remind_at"):
        op.drop_column("agreements", column)
    op.drop_index("applications_remind_idx", "applications")
    op.drop_column("applications", "remind_at")
