"""Two gigs become one: who asked, who agreed, and where the old address leads."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250102"
down_revision = "202611250601"
branch_labels = None
depends_on = None

_STATES = "'waiting', 'merged', 'declined', 'withdrawn', 'lapsed'"


def upgrade() -> None:
    op.add_column("gigs", sa.Column("merged_into", sa.Uuid(), nullable=True))
    # The check of existing rows asks for a tenant; the new column is empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.create_foreign_key(
        op.f("gigs_tenant_id_merged_into_fkey"),
        "gigs",
        "gigs",
        ["tenant_id", "merged_into"],
        ["tenant_id", "id"],
        ondelete="SET NULL (merged_into)",
    )
    op.create_table(
        "gig_merges",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("gig_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("into_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("gig_merges_state_known")),
        sa.CheckConstraint("gig_id <> into_id", name=op.f("gig_merges_two_gigs")),
        sa.CheckConstraint(
            "state <> 'merged' OR (gig_agreed_at IS NOT NULL AND into_agreed_at IS NOT NULL)",
            name=op.f("gig_merges_both_agreed"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gig_merges_tenant_id_fkey")),
        _key("gig_id", "gigs", ondelete="CASCADE"),
        _key("into_id", "gigs", ondelete="CASCADE"),
        _key("asked_by", "members"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("gig_merges_pkey")),
    )
    _index("gig_merges_waiting_key", "gig_id", "state = 'waiting'", unique=True)
    op.create_index("gig_merges_into_idx", "gig_merges", ["tenant_id", "into_id"])
    for moment in ("remind", "deadline"):
        _index(f"gig_merges_{moment}_idx", f"{moment}_at", f"{moment}_at IS NOT NULL")
    for statement in row_security("gig_merges"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("gig_merges")
    op.drop_column("gigs", "merged_into")


def _key(column: str, table: str, **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"gig_merges_tenant_id_{column}_fkey")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"], name=name, **options)


def _index(name: str, column: str, where: str, *, unique: bool = False) -> None:
    op.create_index(name, "gig_merges", ["tenant_id", column], unique=unique, postgresql_where=sa.text(where))
