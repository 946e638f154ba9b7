"""Let members act for others within a mandate, and let everything that they do say so."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from tenants.isolation import row_security

revision = "202611250701"
down_revision = "202611250403"
branch_labels = None
depends_on = None

# What says who really did it, beside whom it was done for.
_SAID_SO = ("activities", "gigs", "applications", "terms_rounds", "messages", "notifications")
_LIVE = "state IN ('asked', 'active')"


def upgrade() -> None:
    op.create_table(
        "mandates",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=False),
        sa.Column("assisted_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("scopes", ARRAY(sa.Text()), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("witness_id", sa.Uuid(), nullable=True),
        sa.Column("witnessed", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("helper_id <> assisted_id", name=op.f("mandates_two_different_people")),
        sa.CheckConstraint("asked_by IN (helper_id, assisted_id)", name=op.f("mandates_asked_by_one_of_them")),
        sa.CheckConstraint(
            "state IN ('asked', 'active', 'declined', 'withdrawn', 'ended')", name=op.f("mandates_state_known")
        ),
        sa.CheckConstraint(
            "cardinality(scopes) > 0 AND scopes <@ ARRAY['gigs', 'applying', 'agreeing', 'messages']::text[]",
            name=op.f("mandates_scopes_known"),
        ),
        sa.CheckConstraint("(witness_id IS NULL) = (witnessed = '')", name=op.f("mandates_witness_says_how")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("mandates_tenant_id_fkey")),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                ["members.tenant_id", "members.id"],
                name=op.f(f"mandates_tenant_id_{column}_fkey"),
            )
            for column in ("helper_id", "assisted_id", "witness_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("mandates_pkey")),
    )
    pair = ["tenant_id", "helper_id", "assisted_id"]
    op.create_index("mandates_one_at_a_time_key", "mandates", pair, unique=True, postgresql_where=sa.text(_LIVE))
    op.create_index("mandates_assisted_idx", "mandates", ["tenant_id", "assisted_id", "helper_id"])
    for statement in row_security("mandates"):
        op.execute(statement)
    # The check of existing rows asks for a tenant; the new columns are empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.add_column("hall_sessions", sa.Column("mandate_id", sa.Uuid(), nullable=True))
    _key("hall_sessions", "mandate_id", "mandates")
    for table in _SAID_SO:
        op.add_column(table, sa.Column("helper_id", sa.Uuid(), nullable=True))
        _key(table, "helper_id", "members")


def downgrade() -> None:
    for table in reversed(_SAID_SO):
        op.drop_constraint(op.f(f"{table}_tenant_id_helper_id_fkey"), table)
        op.drop_column(table, "helper_id")
    op.drop_constraint(op.f("hall_sessions_tenant_id_mandate_id_fkey"), "hall_sessions")
    op.drop_column("hall_sessions", "mandate_id")
    op.drop_table("mandates")


def _key(table: str, column: str, target: str) -> None:
    op.create_foreign_key(
        op.f(f"{table}_tenant_id_{column}_fkey"), table, target, ["tenant_id", column], ["tenant_id", "id"]
    )
