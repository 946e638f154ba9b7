"""Leaders arrange their front page and write pages of their own; what people wrote last is found quickly."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221620"
down_revision = "202611221610"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "front_pages",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("published", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("draft", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("edition", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("front_pages_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "changed_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("front_pages_tenant_id_changed_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("front_pages_pkey")),
    )
    for statement in row_security("front_pages"):
        op.execute(statement)
    _create_pages()
    op.add_column("tenants", sa.Column("page_count", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "reviews_newest_idx",
        "reviews",
        [sa.literal_column("tenant_id"), sa.literal_column("published_at DESC"), sa.literal_column("id DESC")],
        unique=False,
        postgresql_where=sa.text("published_at IS NOT NULL"),
    )


def _create_pages() -> None:
    op.create_table(
        "pages",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("audience", sa.Text(), server_default="anyone", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'published', 'removed')", name=op.f("pages_state_known_check")),
        sa.CheckConstraint("audience IN ('anyone', 'members')", name=op.f("pages_audience_known_check")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("pages_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "changed_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("pages_tenant_id_changed_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pages_pkey")),
    )
    op.create_index(
        "pages_slug_key",
        "pages",
        ["tenant_id", "slug"],
        unique=True,
        postgresql_where=sa.text("state <> 'removed'"),
    )
    op.create_table(
        "page_versions",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("page_versions_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "page_id"],
            ["pages.tenant_id", "pages.id"],
            name=op.f("page_versions_tenant_id_page_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "written_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("page_versions_tenant_id_written_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("page_versions_pkey")),
        sa.UniqueConstraint("tenant_id", "page_id", "number", name=op.f("page_versions_tenant_id_page_id_number_key")),
    )
    op.create_index("page_versions_slug_idx", "page_versions", ["tenant_id", "slug"], unique=False)
    for table in ("pages", "page_versions"):
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("reviews_newest_idx", "reviews")
    op.drop_column("tenants", "page_count")
    op.drop_table("page_versions")
    op.drop_table("pages")
    op.drop_table("front_pages")
