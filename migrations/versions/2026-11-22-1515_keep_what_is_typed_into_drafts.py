"""A draft knows which of its steps are done, and keeps what was typed and could not be read yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611221515"
down_revision = "202611221510"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "gigs", sa.Column("drafting", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("gigs", "drafting")
