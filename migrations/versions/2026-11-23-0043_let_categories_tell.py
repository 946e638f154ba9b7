"""News and a reading list for each category, and how to become part of it."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230043"
down_revision = "202611230041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("categories", sa.Column("joining", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "category_posts",
        *_of_category("category_posts"),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("for_hall", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "author_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("category_posts_tenant_id_author_id_fkey"),
        ),
    )
    op.create_index(
        "category_posts_newest_idx",
        "category_posts",
        ["tenant_id", "category_id", sa.text("posted_at DESC")],
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "category_readings",
        *_of_category("category_readings"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("(page_id IS NULL) = (url <> '')", name=op.f("category_readings_leads_to_one_place")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "page_id"],
            ["pages.tenant_id", "pages.id"],
            name=op.f("category_readings_tenant_id_page_id_fkey"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("category_readings_category_idx", "category_readings", ["tenant_id", "category_id", "id"])
    for table in ("category_posts", "category_readings"):
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("category_readings")
    op.drop_table("category_posts")
    op.drop_column("categories", "joining")


def _of_category(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f(f"{table}_tenant_id_category_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"{table}_pkey")),
    )
