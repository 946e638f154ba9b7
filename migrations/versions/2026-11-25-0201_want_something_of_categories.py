"""What leaders of a category want to reach; and its gigs by when they were listed, whatever became of them."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250201"
down_revision = "202611250501"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "category_targets",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("filled_days", sa.Integer(), nullable=True),
        sa.Column("answered_hours", sa.Integer(), nullable=True),
        sa.CheckConstraint("filled_days BETWEEN 1 AND 365", name=op.f("category_targets_days_in_reason")),
        sa.CheckConstraint("answered_hours BETWEEN 1 AND 720", name=op.f("category_targets_hours_in_reason")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("category_targets_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f("category_targets_tenant_id_category_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "category_id", name=op.f("category_targets_pkey")),
    )
    for statement in row_security("category_targets"):
        op.execute(statement)
    op.create_index(
        "gigs_category_listed_idx",
        "gigs",
        ["tenant_id", "category_id", "published_at"],
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("gigs_category_listed_idx", table_name="gigs")
    op.drop_table("category_targets")
