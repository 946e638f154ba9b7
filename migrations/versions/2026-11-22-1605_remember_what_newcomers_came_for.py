"""Where somebody who asks to join was on their way to."""

import sqlalchemy as sa
from alembic import op

revision = "202611221605"
down_revision = "202611221600"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("join_requests", sa.Column("onward", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("join_requests", "onward")
