"""Gigs in the order of their due dates, those without one last: a cursor knows no null."""

import sqlalchemy as sa
from alembic import op

revision = "202611221510"
down_revision = "202611221500"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.drop_index("gigs_due_idx", table_name="gigs")
    op.create_index(
        "gigs_due_idx",
        "gigs",
        [sa.text("tenant_id"), sa.text("COALESCE(due_on, '9999-12-31'::date)"), sa.text("id")],
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_index("gigs_due_idx", table_name="gigs")
    op.create_index(
        "gigs_due_idx", "gigs", [sa.text("tenant_id"), sa.text("due_on"), sa.text("id")], postgresql_where=_OPEN
    )
