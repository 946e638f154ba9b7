"""Limits that hold in one category alone, and where statements find who is kept from which."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250202"
down_revision = "202611250402"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measures", sa.Column("category_id", sa.Uuid(), nullable=True))
    # Whether every key leads somewhere is asked of all tenants at once.
    for table in ("measures", "categories"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.create_foreign_key(
        op.f("measures_tenant_id_category_id_fkey"),
        "measures",
        "categories",
        ["tenant_id", "category_id"],
        ["tenant_id", "id"],
    )
    for table in ("measures", "categories"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.create_check_constraint(
        op.f("measures_category_of_a_limit"), "measures", "category_id IS NULL OR kind IN ('limited', 'lifted')"
    )
    op.create_table(
        "category_bans",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("category_bans_tenant_id_fkey")),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                [f"{table}.tenant_id", f"{table}.id"],
                name=op.f(f"category_bans_tenant_id_{column}_fkey"),
                ondelete="CASCADE",
            )
            for column, table in (("member_id", "members"), ("category_id", "categories"))
        ),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", "category_id", name=op.f("category_bans_pkey")),
    )
    for statement in row_security("category_bans"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("category_bans")
    op.drop_constraint(op.f("measures_category_of_a_limit"), "measures", type_="check")
    op.drop_column("measures", "category_id")
