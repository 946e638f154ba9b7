"""Everybody in a project says how it went as a whole, and of whoever led it."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250401"
down_revision = "202611250301"
branch_labels = None
depends_on = None

_BEFORE = "'gig', 'member', 'message', 'review', 'vouch', 'application'"


def upgrade() -> None:
    op.add_column("projects", sa.Column("reviews_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "projects_reviews_idx",
        "projects",
        ["tenant_id", "reviews_until"],
        postgresql_where=sa.text("reviews_until IS NOT NULL"),
    )
    op.create_table(
        "project_reviews",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        sa.Column("leading_rating", sa.Integer(), nullable=True),
        sa.Column("leading_text", sa.Text(), server_default="", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("project_reviews_rating_one_to_five")),
        sa.CheckConstraint("leading_rating BETWEEN 1 AND 5", name=op.f("project_reviews_leading_one_to_five")),
        sa.CheckConstraint(
            "(coordinator_id IS NULL) = (leading_rating IS NULL)", name=op.f("project_reviews_rated_whoever_led")
        ),
        sa.CheckConstraint("coordinator_id <> author_id", name=op.f("project_reviews_of_another")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("project_reviews_tenant_id_fkey")),
        *[
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                [f"{target}.tenant_id", f"{target}.id"],
                name=op.f(f"project_reviews_tenant_id_{column}_fkey"),
            )
            for column, target in (("project_id", "projects"), ("author_id", "members"), ("coordinator_id", "members"))
        ],
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("project_reviews_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "project_id", "author_id", name=op.f("project_reviews_tenant_id_project_id_author_id_key")
        ),
    )
    op.create_index(
        "project_reviews_led_idx",
        "project_reviews",
        ["tenant_id", "coordinator_id", sa.text("published_at DESC")],
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )
    for statement in row_security("project_reviews"):
        op.execute(statement)
    _let_reports_be_about(f"{_BEFORE}, 'project_review'")


def downgrade() -> None:
    _let_reports_be_about(_BEFORE)
    op.drop_table("project_reviews")
    op.drop_index("projects_reviews_idx", "projects")
    op.drop_column("projects", "reviews_until")


def _let_reports_be_about(kinds: str) -> None:
    op.drop_constraint(op.f("reports_subject_known"), "reports")
    op.create_check_constraint(op.f("reports_subject_known"), "reports", f"subject_kind IN ({kinds})")
