"""Every look that a marketplace had, and the logos and covers that were brought for it."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221650"
down_revision = "202611221620"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("logo", "cover"):
        op.add_column("tenants", sa.Column(name, sa.Text(), nullable=True))
        op.create_check_constraint(
            op.f(f"tenants_{name}_is_a_picture"), "tenants", f"{name} ~ '^[0-9a-f]{{32}} [0-9]+ [0-9]+$'"
        )

    op.create_table(
        "hall_pictures",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("kept_by", sa.Uuid(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('logo', 'cover')", name=op.f("hall_pictures_role_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "kept_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("hall_pictures_tenant_id_kept_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("hall_pictures_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("hall_pictures_pkey")),
        sa.UniqueConstraint("tenant_id", "role", "name", name=op.f("hall_pictures_tenant_id_role_name_key")),
    )
    op.create_table(
        "theme_versions",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("preset", sa.Text(), nullable=False),
        sa.Column("brand_colour", sa.Text(), nullable=False),
        sa.Column("tagline", sa.Text(), nullable=False),
        sa.Column("welcome", sa.Text(), nullable=False),
        sa.Column("logo", sa.Text(), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("theme_versions_number_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "made_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("theme_versions_tenant_id_made_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("theme_versions_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("theme_versions_pkey")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("theme_versions_tenant_id_number_key")),
    )
    for table in ("hall_pictures", "theme_versions"):
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("theme_versions")
    op.drop_table("hall_pictures")
    for name in ("cover", "logo"):
        op.drop_constraint(op.f(f"tenants_{name}_is_a_picture"), "tenants")
        op.drop_column("tenants", name)
