"""Skills have other names, and a leader has looked at those that members brought."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221810"
down_revision = "202611221800"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("skills", sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "skill_names",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(collation="C"), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("skill_names_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "skill_id"],
            ["skills.tenant_id", "skills.id"],
            name=op.f("skill_names_tenant_id_skill_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "words", name=op.f("skill_names_pkey")),
    )
    op.create_index("skill_names_skill_idx", "skill_names", ["tenant_id", "skill_id"], unique=False)
    for statement in row_security("skill_names"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("skill_names")
    op.drop_column("skills", "kept_at")
