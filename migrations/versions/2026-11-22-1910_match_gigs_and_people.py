"""What matching keeps, and the uses of a skill in the order of their gigs and members."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221910"
down_revision = "202611221900"
branch_labels = None
depends_on = None

_TABLES = ("matching_weights", "matching_off", "gig_dismissals", "skill_kin")


def upgrade() -> None:
    op.create_table(
        "matching_weights",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("weights", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("matching_weights_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("matching_weights_pkey")),
    )
    op.create_table(
        "matching_off",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        _key("matching_off", "member_id", "members"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("matching_off_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", name=op.f("matching_off_pkey")),
    )
    op.create_table(
        "gig_dismissals",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=False),
        _key("gig_dismissals", "member_id", "members"),
        _key("gig_dismissals", "gig_id", "gigs"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gig_dismissals_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", "gig_id", name=op.f("gig_dismissals_pkey")),
    )
    op.create_index("gig_dismissals_gig_idx", "gig_dismissals", ["tenant_id", "gig_id"])
    op.create_table(
        "skill_kin",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=False),
        sa.Column("strength", sa.Float(), nullable=False),
        sa.CheckConstraint("strength > 0 AND strength <= 1", name=op.f("skill_kin_strength_is_a_share_check")),
        _key("skill_kin", "asked_id", "skills"),
        _key("skill_kin", "skill_id", "skills"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("skill_kin_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "asked_id", "skill_id", name=op.f("skill_kin_pkey")),
    )
    op.create_index("skill_kin_skill_idx", "skill_kin", ["tenant_id", "skill_id"])
    for table in _TABLES:
        for statement in row_security(table):
            op.execute(statement)
    for table, owner in (("gig_skills", "gig_id"), ("member_skills", "member_id")):
        op.drop_index(f"{table}_skill_idx", table)
        op.create_index(f"{table}_skill_idx", table, ["tenant_id", "skill_id", owner, "relation"])


def downgrade() -> None:
    for table in ("gig_skills", "member_skills"):
        op.drop_index(f"{table}_skill_idx", table)
        op.create_index(f"{table}_skill_idx", table, ["tenant_id", "skill_id", "relation"])
    for table in reversed(_TABLES):
        op.drop_table(table)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"{table}_tenant_id_{column}_fkey"),
        ondelete="CASCADE",
    )
