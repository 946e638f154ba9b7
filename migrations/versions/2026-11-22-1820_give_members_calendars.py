"""The secret addresses of members' calendars."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221820"
down_revision = "202611221810"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_addresses",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("calendar_addresses_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("calendar_addresses_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", name=op.f("calendar_addresses_pkey")),
        sa.UniqueConstraint("tenant_id", "token_hash", name=op.f("calendar_addresses_tenant_id_token_hash_key")),
    )
    for statement in row_security("calendar_addresses"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("calendar_addresses")
