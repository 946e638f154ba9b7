"""Whether Stripe works out the tax of what a marketplace sells."""

import sqlalchemy as sa
from alembic import op

revision = "202611222337"
down_revision = "202611222327"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("connections", sa.Column("works_out_tax", sa.Boolean(), server_default="false", nullable=False))


def downgrade() -> None:
    op.drop_column("connections", "works_out_tax")
