"""When an event of Stripe's was swept; and how many tiers are on sale, known with the tenant."""

import sqlalchemy as sa
from alembic import op

revision = "202611230020"
down_revision = "202611230015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("swept_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "inbox_to_sweep_idx",
        "inbox",
        ["received_at"],
        postgresql_where=sa.text("state IN ('done', 'ignored') AND swept_at IS NULL"),
    )
    op.add_column("tenants", sa.Column("tier_count", sa.Integer(), server_default="0", nullable=False))
    # Counted across tenants, once.
    for table in ("tiers", "tenants"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE tenants SET tier_count = (SELECT count(*) FROM tiers "
        "WHERE tiers.tenant_id = tenants.id AND tiers.state = 'selling')"
    )
    for table in ("tiers", "tenants"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    op.drop_column("tenants", "tier_count")
    op.drop_index("inbox_to_sweep_idx", table_name="inbox")
    op.drop_column("inbox", "swept_at")
