"""How often gigs were shown and members suggested, by days."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221930"
down_revision = "202611221915"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add("gig_exposures", "gig_id", "gigs")
    _add("member_exposures", "member_id", "members")


def _add(table: str, column: str, of: str) -> None:
    op.create_table(
        table,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column(column, sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f(f"{table}_times_positive")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", column],
            [f"{of}.tenant_id", f"{of}.id"],
            name=op.f(f"{table}_tenant_id_{column}_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", column, "day", name=op.f(f"{table}_pkey")),
    )
    op.create_index(f"{table}_day_idx", table, ["tenant_id", "day"], unique=False)
    for statement in row_security(table):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("member_exposures")
    op.drop_table("gig_exposures")
