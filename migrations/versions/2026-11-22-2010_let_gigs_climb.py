"""Who was called to a gig, how far unfilled gigs have climbed, and how patient a marketplace is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611222010"
down_revision = "202611222000"
branch_labels = None
depends_on = None

_DAYS = ("before_matches", "before_leaders", "before_around", "before_everybody")


def upgrade() -> None:
    op.create_table(
        "climb_settings",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("climbs", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in (*_DAYS, "near_due", "weekly")),
        *(
            sa.CheckConstraint(f"{name} BETWEEN 1 AND 60", name=op.f(f"climb_settings_{name}_in_days"))
            for name in _DAYS
        ),
        sa.CheckConstraint("near_due BETWEEN 0 AND 60", name=op.f("climb_settings_near_due_in_days")),
        sa.CheckConstraint("weekly BETWEEN 1 AND 20", name=op.f("climb_settings_weekly_bounded")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("climb_settings_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("climb_settings_pkey")),
    )
    op.create_table(
        "climbs",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'matches', 'leaders', 'around', 'everybody')", name=op.f("climbs_state_known")
        ),
        sa.CheckConstraint("(state = 'everybody') = (next_at IS NULL)", name=op.f("climbs_next_until_the_top")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("climbs_tenant_id_fkey")),
        _key("climbs", "gig_id", "gigs"),
        sa.PrimaryKeyConstraint("tenant_id", "gig_id", name=op.f("climbs_pkey")),
    )
    op.create_index(
        "climbs_due_idx",
        "climbs",
        ["tenant_id", "next_at"],
        unique=False,
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_table(
        "gig_calls",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step IN ('asked', 'matches', 'leaders', 'around', 'everybody')", name=op.f("gig_calls_step_known")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gig_calls_tenant_id_fkey")),
        _key("gig_calls", "gig_id", "gigs"),
        _key("gig_calls", "member_id", "members"),
        sa.PrimaryKeyConstraint("tenant_id", "gig_id", "member_id", name=op.f("gig_calls_pkey")),
    )
    op.create_index("gig_calls_member_idx", "gig_calls", ["tenant_id", "member_id", "called_at"], unique=False)
    for table in ("climb_settings", "climbs", "gig_calls"):
        for statement in row_security(table):
            op.execute(statement)


def _key(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{of}.tenant_id", f"{of}.id"],
        name=op.f(f"{table}_tenant_id_{column}_fkey"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    op.drop_table("gig_calls")
    op.drop_table("climbs")
    op.drop_table("climb_settings")
