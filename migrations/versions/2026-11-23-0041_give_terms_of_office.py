"""Terms of office for those who lead a category or are its experts; who holds one goes on without an end."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230041"
down_revision = "202611230062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("roles", sa.Column("until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "terms_of_office",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.Text(), server_default="", nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=True),
        sa.CheckConstraint("office IN ('category_leader', 'expert')", name=op.f("terms_of_office_office_known")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("terms_of_office_span_in_order")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("terms_of_office_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("terms_of_office_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f("terms_of_office_tenant_id_category_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("terms_of_office_pkey")),
    )
    running = sa.text("ended_at IS NULL")
    one_each = ["tenant_id", "member_id", "category_id", "office"]
    op.create_index("terms_of_office_running_idx", "terms_of_office", one_each, unique=True, postgresql_where=running)
    op.create_index("terms_of_office_category_idx", "terms_of_office", ["tenant_id", "category_id", "starts_on"])
    op.create_index("terms_of_office_ends_idx", "terms_of_office", ["tenant_id", "ends_on"], postgresql_where=running)
    # Of all tenants at once: for the owner, row-level security steps aside.
    op.execute("ALTER TABLE roles NO FORCE ROW LEVEL SECURITY")
    op.execute(
        """
        INSERT INTO terms_of_office (tenant_id, id, member_id, category_id, office, starts_on, given_by)
        SELECT tenant_id, gen_random_uuid(), member_id, category_id, role, CAST(granted_at AS date), granted_by
          FROM roles WHERE category_id IS NOT NULL
        """
    )
    op.execute("ALTER TABLE roles FORCE ROW LEVEL SECURITY")
    for statement in row_security("terms_of_office"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("terms_of_office")
    op.drop_column("roles", "until")
