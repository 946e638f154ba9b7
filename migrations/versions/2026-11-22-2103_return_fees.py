"""How much of its share of a membership the platform gave back."""

import sqlalchemy as sa
from alembic import op

revision = "202611222103"
down_revision = "202611222155"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("membership_payments", sa.Column("fee_returned", sa.BigInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("membership_payments", "fee_returned")
