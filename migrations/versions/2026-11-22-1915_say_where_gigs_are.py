"""Where a gig's town is, so that lists can be of what is near."""

import sqlalchemy as sa
from alembic import op

revision = "202611221915"
down_revision = "202611221910"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("gigs", sa.Column("latitude", sa.Integer(), nullable=True))
    op.add_column("gigs", sa.Column("longitude", sa.Integer(), nullable=True))
    op.create_index(
        "gigs_near_idx",
        "gigs",
        [sa.literal_column("tenant_id"), sa.literal_column("latitude"), sa.literal_column("longitude")],
        unique=False,
        postgresql_where=sa.text("state = 'open' AND latitude IS NOT NULL"),
    )
    # Only the file of towns knows where those are that are there already.
    op.execute(
        """
        SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'gigs.locate_everywhere', 0, NULL, NULL, '{}'::jsonb, NULL)
                                                 ::procrastinate_job_to_defer_v1])
        """
    )


def downgrade() -> None:
    op.drop_index("gigs_near_idx", table_name="gigs")
    op.drop_column("gigs", "longitude")
    op.drop_column("gigs", "latitude")
