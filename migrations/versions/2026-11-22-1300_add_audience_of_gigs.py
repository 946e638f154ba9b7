"""Gigs for members only, in a marketplace that anyone may see."""

import sqlalchemy as sa
from alembic import op

revision = "202611221300"
down_revision = "202611221240"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gigs", sa.Column("audience", sa.Text(), server_default="hall", nullable=False))
    op.create_check_constraint("audience_known", "gigs", "audience IN ('hall', 'members')")


def downgrade() -> None:
    op.drop_column("gigs", "audience")
