"""Categories within categories, a charter of three parts, and where a category went that is no more."""

import sqlalchemy as sa
from alembic import op

revision = "202611222350"
down_revision = "202611222351"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("standards", "rates"):
        op.add_column("categories", sa.Column(name, sa.Text(), server_default="", nullable=False))
    # Adding a key looks at all rows, of every tenant.
    op.execute("ALTER TABLE categories NO FORCE ROW LEVEL SECURITY")
    for name in ("parent_id", "into_id"):
        op.add_column("categories", sa.Column(name, sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"categories_tenant_id_{name}_fkey"),
            "categories",
            "categories",
            ["tenant_id", name],
            ["tenant_id", "id"],
        )
    op.execute("ALTER TABLE categories FORCE ROW LEVEL SECURITY")
    op.create_check_constraint(op.f("categories_not_its_own_parent"), "categories", "parent_id <> id")
    op.create_check_constraint(
        op.f("categories_dissolved_is_off_the_list"), "categories", "into_id IS NULL OR archived_at IS NOT NULL"
    )
    op.create_index("categories_parent_idx", "categories", ["tenant_id", "parent_id"])


def downgrade() -> None:
    op.drop_index("categories_parent_idx", "categories")
    op.drop_constraint("categories_dissolved_is_off_the_list", "categories")
    op.drop_constraint("categories_not_its_own_parent", "categories")
    for name in ("into_id", "parent_id"):
        op.drop_constraint(op.f(f"categories_tenant_id_{name}_fkey"), "categories")
        op.drop_column("categories", name)
    for name in ("rates", "standards"):
        op.drop_column("categories", name)
