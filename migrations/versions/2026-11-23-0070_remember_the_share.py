"""Which share of the platform's the running memberships of a marketplace were told last."""

import sqlalchemy as sa
from alembic import op

revision = "202611230070"
down_revision = "202611230066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("plan_accounts", sa.Column("told_points", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("plan_accounts", "told_points")
