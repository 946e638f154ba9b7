"""How many letters left on each day."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230062"
down_revision = "202611230060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_days",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("mail_days_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("mail_days_pkey")),
        sa.UniqueConstraint("tenant_id", "day", name=op.f("mail_days_tenant_id_day_key")),
    )
    for statement in row_security("mail_days"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("mail_days")
