"""What differed from Stripe's, and how far was compared."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611222100"
down_revision = "202611222020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_differences()
    _add_comparisons()
    for table in ("stripe_differences", "stripe_comparisons"):
        for statement in row_security(table):
            op.execute(statement)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_a_tenant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey"))


def _add_differences() -> None:
    op.create_table(
        "stripe_differences",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("ours", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="found", nullable=False),
        sa.Column("times", sa.Integer(), server_default="1", nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        _moment("found_at"),
        _moment("seen_at"),
        _moment("healed_at", nullable=True),
        sa.CheckConstraint("state IN ('found', 'healed', 'stands')", name=op.f("stripe_differences_state_known")),
        sa.CheckConstraint(
            "(state = 'healed') = (healed_at IS NOT NULL)", name=op.f("stripe_differences_healed_at_a_moment")
        ),
        _of_a_tenant("stripe_differences"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("stripe_differences_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "kind", "object_id", "what", name=op.f("stripe_differences_tenant_id_kind_object_id_what_key")
        ),
    )
    op.create_index(
        "stripe_differences_open_idx",
        "stripe_differences",
        ["tenant_id", "seen_at"],
        postgresql_where=sa.text("state <> 'healed'"),
    )


def _add_comparisons() -> None:
    op.create_table(
        "stripe_comparisons",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        _moment("until"),
        _moment("ended_at"),
        sa.Column("found", sa.Integer(), server_default="0", nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        _of_a_tenant("stripe_comparisons"),
        sa.PrimaryKeyConstraint("tenant_id", "kind", name=op.f("stripe_comparisons_pkey")),
    )


def downgrade() -> None:
    op.drop_table("stripe_comparisons")
    op.drop_table("stripe_differences")
