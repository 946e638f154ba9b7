"""What can be found, by how new it is: for words that very much says."""

import sqlalchemy as sa
from alembic import op

revision = "202611221935"
down_revision = "202611221930"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = [sa.literal_column("tenant_id"), sa.literal_column("kind"), sa.literal_column("fresh_at DESC")]
    op.create_index("search_entries_newest_idx", "search_entries", columns, unique=False)


def downgrade() -> None:
    op.drop_index("search_entries_newest_idx", table_name="search_entries")
