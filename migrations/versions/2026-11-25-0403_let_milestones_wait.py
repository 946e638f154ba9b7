"""Milestones of a role wait for those of another."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250403"
down_revision = "202611250103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_waits",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("for_id", sa.Uuid(), nullable=False),
        sa.Column("for_part", sa.Integer(), nullable=False),
        sa.CheckConstraint("role_id <> for_id", name=op.f("project_waits_waits_for_another_role")),
        sa.CheckConstraint("part >= 0 AND for_part >= 0", name=op.f("project_waits_numbered_from_nought")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("project_waits_tenant_id_fkey")),
        *[
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                [f"{target}.tenant_id", f"{target}.id"],
                name=op.f(f"project_waits_tenant_id_{column}_fkey"),
                ondelete="CASCADE",
            )
            for column, target in (
                ("project_id", "projects"),
                ("role_id", "project_roles"),
                ("for_id", "project_roles"),
            )
        ],
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("project_waits_pkey")),
        sa.UniqueConstraint(
            "tenant_id",
            "role_id",
            "part",
            "for_id",
            "for_part",
            name=op.f("project_waits_tenant_id_role_id_part_for_id_for_part_key"),
        ),
    )
    op.create_index("project_waits_project_idx", "project_waits", ["tenant_id", "project_id", "id"])
    op.create_index("project_waits_for_idx", "project_waits", ["tenant_id", "for_id"])
    for statement in row_security("project_waits"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("project_waits")
