"""What a portfolio's picture shows, for people who cannot see it."""

import sqlalchemy as sa
from alembic import op

revision = "202611221500"
down_revision = "202611221315"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("portfolio_items", sa.Column("picture_alt", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("portfolio_items", "picture_alt")
