"""Gigs that rest until their author has a membership again."""

import sqlalchemy as sa
from alembic import op

revision = "202611222310"
down_revision = "202611222300"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gigs", sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "gigs_held_idx", "gigs", ["tenant_id", "author_id"], postgresql_where=sa.text("held_at IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("gigs_held_idx", "gigs")
    op.drop_column("gigs", "held_at")
