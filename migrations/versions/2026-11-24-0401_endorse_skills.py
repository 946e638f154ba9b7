"""Members endorse skills that they saw in work that is finished."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611240401"
down_revision = "202611230077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "endorsements",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="offered", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("author_id <> subject_id", name=op.f("endorsements_two_different_people")),
        sa.CheckConstraint("state IN ('offered', 'shown', 'hidden')", name=op.f("endorsements_state_known")),
        sa.CheckConstraint(
            "(state = 'offered') = (answered_at IS NULL)", name=op.f("endorsements_answered_at_some_time")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("endorsements_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements.tenant_id", "agreements.id"],
            name=op.f("endorsements_tenant_id_agreement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "skill_id"],
            ["skills.tenant_id", "skills.id"],
            name=op.f("endorsements_tenant_id_skill_id_fkey"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                ["members.tenant_id", "members.id"],
                name=op.f(f"endorsements_tenant_id_{column}_fkey"),
                ondelete="CASCADE",
            )
            for column in ("author_id", "subject_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("endorsements_pkey")),
        sa.UniqueConstraint(
            "tenant_id",
            "author_id",
            "subject_id",
            "skill_id",
            name=op.f("endorsements_tenant_id_author_id_subject_id_skill_id_key"),
        ),
    )
    op.create_index("endorsements_subject_idx", "endorsements", ["tenant_id", "subject_id", "skill_id", "state"])
    op.create_index("endorsements_skill_idx", "endorsements", ["tenant_id", "skill_id"])
    for statement in row_security("endorsements"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("endorsements")
