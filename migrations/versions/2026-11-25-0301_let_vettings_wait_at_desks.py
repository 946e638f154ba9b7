"""Requests to be vetted wait at the desk: those of a category by the time for which they have waited."""

import sqlalchemy as sa
from alembic import op

revision = "202611250301"
down_revision = "202611240201"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "vettings_at_desk_idx",
        "vettings",
        ["tenant_id", "category_id", "state_changed_at", "id"],
        postgresql_where=sa.text("state IN ('open', 'tied')"),
    )


def downgrade() -> None:
    op.drop_index("vettings_at_desk_idx", table_name="vettings")
