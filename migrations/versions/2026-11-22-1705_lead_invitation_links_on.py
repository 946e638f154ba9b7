"""A link that invites people may lead on to a page."""

import sqlalchemy as sa
from alembic import op

revision = "202611221705"
down_revision = "202611221700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation_links", sa.Column("onward", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("invitation_links", "onward")
