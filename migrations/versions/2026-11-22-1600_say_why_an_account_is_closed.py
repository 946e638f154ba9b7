"""Why an account is disabled, for whoever runs the installation."""

import sqlalchemy as sa
from alembic import op

revision = "202611221600"
down_revision = "202611221530"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("disabled_reason", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("users", "disabled_reason")
