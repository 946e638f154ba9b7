"""A project can be the marketplace's own."""

import sqlalchemy as sa
from alembic import op

revision = "202611250502"
down_revision = "202611250901"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("projects", sa.Column("for_hall", sa.Boolean(), server_default="false", nullable=False))


def downgrade() -> None:
    op.drop_column("projects", "for_hall")
