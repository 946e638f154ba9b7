"""Count how often something is tried."""

import sqlalchemy as sa
from alembic import op

revision = "202611221240"
down_revision = "202611221235"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rate_buckets",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("empty_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("rate_buckets_pkey")),
        prefixes=["UNLOGGED"],
    )
    op.create_index("rate_buckets_empty_at_idx", "rate_buckets", ["empty_at"])


def downgrade() -> None:
    op.drop_table("rate_buckets")
