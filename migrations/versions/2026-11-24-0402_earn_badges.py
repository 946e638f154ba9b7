"""Members earn badges by rules over what happened."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611240402"
down_revision = "202611240100"
branch_labels = None
depends_on = None

_KNOWN = "badge IN ('first_gig', 'mentor', 'quick', 'founder', 'trusted', 'year')"


def upgrade() -> None:
    op.create_table(
        "badges",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("badge", sa.Text(), nullable=False),
        sa.Column("earned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_KNOWN, name=op.f("badges_badge_known")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("badges_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("badges_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", "badge", name=op.f("badges_pkey")),
    )
    op.create_table(
        "badges_off",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("badge", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_KNOWN, name=op.f("badges_off_badge_known")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("badges_off_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "badge", name=op.f("badges_off_pkey")),
    )
    for table in ("badges", "badges_off"):
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("badges_off")
    op.drop_table("badges")
