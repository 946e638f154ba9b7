"""A member's last visit but one: what is new for them is new since then."""

import sqlalchemy as sa
from alembic import op

revision = "202611221655"
down_revision = "202611221650"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("seen_before_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("members", "seen_before_on")
