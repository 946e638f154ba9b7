"""Keep reviews from elsewhere that were taken down here, so that nobody brings them again."""

import sqlalchemy as sa
from alembic import op

revision = "202611250901"
down_revision = "202611250202"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("carried_reviews", sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("carried_reviews", sa.Column("dropped_by", sa.Uuid(), nullable=True))
    # The owner sees no row of a table that it does not act for, and a key is held against all that are there.
    for table in ("carried_reviews", "members"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.create_foreign_key(
        op.f("carried_reviews_tenant_id_dropped_by_fkey"),
        "carried_reviews",
        "members",
        ["tenant_id", "dropped_by"],
        ["tenant_id", "id"],
    )
    for table in ("carried_reviews", "members"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.create_check_constraint(
        op.f("carried_reviews_dropped_by_somebody"),
        "carried_reviews",
        "(dropped_at IS NULL) = (dropped_by IS NULL)",
    )


def downgrade() -> None:
    # What was taken down was gone before: it is not shown again.
    op.execute("ALTER TABLE carried_reviews NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM carried_reviews WHERE dropped_at IS NOT NULL")
    op.execute("ALTER TABLE carried_reviews FORCE ROW LEVEL SECURITY")
    op.drop_column("carried_reviews", "dropped_by")
    op.drop_column("carried_reviews", "dropped_at")
