"""Leaders of a category delegate some of its duties for a time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from tenants.isolation import row_security

revision = "202611250103"
down_revision = "202611250801"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delegations",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("duties", ARRAY(sa.Text()), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("delegations_tenant_id_fkey")),
        _key("member_id", "members", ondelete="CASCADE"),
        _key("category_id", "categories", ondelete="CASCADE"),
        _key("given_by", "members"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("delegations_pkey")),
    )
    op.create_index("delegations_member_idx", "delegations", ["tenant_id", "member_id"])
    op.create_index("delegations_category_idx", "delegations", ["tenant_id", "category_id"])
    for statement in row_security("delegations"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("delegations")


def _key(column: str, table: str, **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"delegations_tenant_id_{column}_fkey")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"], name=name, **options)
