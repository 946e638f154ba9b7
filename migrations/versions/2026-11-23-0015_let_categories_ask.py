"""Categories ask their gigs things of their own."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230015"
down_revision = "202611230010"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('text', 'number', 'choice', 'date', 'link', 'file')"
_VISIBILITIES = "visibility IN ('public', 'members', 'agreement')"


def upgrade() -> None:
    op.add_column("categories", sa.Column("field_count", sa.Integer(), server_default="0", nullable=False))
    _fields()
    _options()
    _answers()
    for table in ("category_fields", "field_options", "gig_field_values"):
        for statement in row_security(table):
            op.execute(statement)


def _fields() -> None:
    op.create_table(
        "category_fields",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("slug", "name")),
        sa.Column("help", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("many", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("required", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("visibility", sa.Text(), server_default="public", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("least", "most")),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_KINDS, name=op.f("category_fields_kind_known")),
        sa.CheckConstraint(_VISIBILITIES, name=op.f("category_fields_visibility_known")),
        sa.CheckConstraint(
            "least IS NULL OR most IS NULL OR least <= most", name=op.f("category_fields_bounds_in_order")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("category_fields_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f("category_fields_tenant_id_category_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("category_fields_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "category_id", "slug", name=op.f("category_fields_tenant_id_category_id_slug_key")
        ),
    )
    op.create_index("category_fields_order_idx", "category_fields", ["tenant_id", "category_id", "position", "id"])


def _options() -> None:
    op.create_table(
        "field_options",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "field_id")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("slug", "name")),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("field_options_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "field_id"],
            ["category_fields.tenant_id", "category_fields.id"],
            name=op.f("field_options_tenant_id_field_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("field_options_pkey")),
        sa.UniqueConstraint("tenant_id", "field_id", "slug", name=op.f("field_options_tenant_id_field_id_slug_key")),
        sa.UniqueConstraint("tenant_id", "field_id", "id", name=op.f("field_options_tenant_id_field_id_id_key")),
    )


def _answers() -> None:
    op.create_table(
        "gig_field_values",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("gig_id", "field_id")),
        sa.Column("nth", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("option_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("digest", "file_name", "file_type")),
        sa.Column("file_size", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(words, number, day, option_id, digest) = 1", name=op.f("gig_field_values_one_answer")
        ),
        sa.CheckConstraint("(digest IS NULL) = (file_name IS NULL)", name=op.f("gig_field_values_files_have_names")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gig_field_values_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"],
            ["gigs.tenant_id", "gigs.id"],
            name=op.f("gig_field_values_tenant_id_gig_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "field_id"],
            ["category_fields.tenant_id", "category_fields.id"],
            name=op.f("gig_field_values_tenant_id_field_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "field_id", "option_id"],
            ["field_options.tenant_id", "field_options.field_id", "field_options.id"],
            name=op.f("gig_field_values_tenant_id_field_id_option_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "gig_id", "field_id", "nth", name=op.f("gig_field_values_pkey")),
    )
    for name, column in (("number", "number"), ("day", "day"), ("option", "option_id")):
        op.create_index(
            f"gig_field_values_{name}_idx",
            "gig_field_values",
            ["tenant_id", "field_id", column, "gig_id"],
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )


def downgrade() -> None:
    for table in ("gig_field_values", "field_options", "category_fields"):
        op.drop_table(table)
    op.drop_column("categories", "field_count")
