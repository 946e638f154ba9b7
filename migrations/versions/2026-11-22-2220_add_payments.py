"""Held payments, who shares in them, what goes back, and the accounts that earnings go to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611222220"
down_revision = "202611222217"
branch_labels = None
depends_on = None

_TABLES = ("payout_accounts", "payments", "payment_refunds", "payment_shares")


def upgrade() -> None:
    _add_accounts()
    _add_payments()
    _add_refunds()
    _add_shares()
    for table in _TABLES:
        for statement in row_security(table):
            op.execute(statement)


def _add_accounts() -> None:
    op.create_table(
        "payout_accounts",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("details_submitted", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("receives", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("payouts_enabled", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("due", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("disabled_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("payout_accounts_country_is_a_code")),
        sa.CheckConstraint(
            "NOT receives OR lost_at IS NULL", name=op.f("payout_accounts_a_lost_account_receives_nothing")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("payout_accounts_tenant_id_member_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("payout_accounts_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("payout_accounts_pkey")),
        sa.UniqueConstraint("tenant_id", "account_id", name=op.f("payout_accounts_tenant_id_account_id_key")),
    )
    op.create_index(
        "payout_accounts_one_idx",
        "payout_accounts",
        ["tenant_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("lost_at IS NULL"),
    )


def _add_payments() -> None:
    op.create_table(
        "payments",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), server_default="work", nullable=False),
        sa.Column("attempt", sa.Integer(), server_default="1", nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("released", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("returned", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("offered_price", sa.BigInteger(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("charge_id", sa.Text(), nullable=True),
        sa.Column("dispute_state", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("payments_currency_is_a_code")),
        sa.CheckConstraint(
            "dispute_state IS NULL OR dispute_state IN ('open', 'won', 'lost')",
            name=op.f("payments_dispute_state_known"),
        ),
        sa.CheckConstraint("kind IN ('work', 'tip')", name=op.f("payments_kind_known")),
        sa.CheckConstraint(
            "state IN ('asked', 'processing', 'held', 'released', 'partly_released', 'refunded', 'disputed', 'failed', 'expired')",
            name=op.f("payments_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('asked', 'processing') OR released + returned = 0",
            name=op.f("payments_nothing_leaves_unpaid"),
        ),
        sa.CheckConstraint(
            "offered_price IS NULL OR offered_price BETWEEN 1 AND price", name=op.f("payments_part_of_the_price")
        ),
        sa.CheckConstraint("price > 0 AND total >= price", name=op.f("payments_total_holds_the_price")),
        sa.CheckConstraint(
            "released >= 0 AND returned >= 0 AND released + returned <= total",
            name=op.f("payments_no_more_leaves_than_came"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements.tenant_id", "agreements.id"],
            name=op.f("payments_tenant_id_agreement_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "client_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("payments_tenant_id_client_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "milestone_id"],
            ["milestones.tenant_id", "milestones.id"],
            name=op.f("payments_tenant_id_milestone_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "worker_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("payments_tenant_id_worker_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("payments_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("payments_pkey")),
        sa.UniqueConstraint("tenant_id", "charge_id", name=op.f("payments_tenant_id_charge_id_key")),
        sa.UniqueConstraint("tenant_id", "session_id", name=op.f("payments_tenant_id_session_id_key")),
    )
    op.create_index("payments_agreement_idx", "payments", ["tenant_id", "agreement_id", "id"])
    op.create_index(
        "payments_held_idx",
        "payments",
        ["tenant_id", "held_at"],
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "payments_one_per_part_idx",
        "payments",
        ["tenant_id", "agreement_id", "milestone_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'work' AND state NOT IN ('failed', 'expired', 'refunded')"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        "payments_open_idx",
        "payments",
        ["tenant_id", "asked_at"],
        postgresql_where=sa.text("state IN ('asked', 'processing')"),
    )
    op.create_index("payments_worker_idx", "payments", ["tenant_id", "worker_id", "id"])


def _add_refunds() -> None:
    op.create_table(
        "payment_refunds",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("refund_id", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'done') = (refund_id IS NOT NULL)", name=op.f("payment_refunds_done_by_a_refund")),
        sa.CheckConstraint("state IN ('asked', 'done', 'overtaken')", name=op.f("payment_refunds_state_known")),
        sa.CheckConstraint("amount > 0", name=op.f("payment_refunds_amount_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["payments.tenant_id", "payments.id"],
            name=op.f("payment_refunds_tenant_id_payment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("payment_refunds_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("payment_refunds_pkey")),
        sa.UniqueConstraint("tenant_id", "refund_id", name=op.f("payment_refunds_tenant_id_refund_id_key")),
    )
    op.create_index(
        "payment_refunds_asked_idx",
        "payment_refunds",
        ["tenant_id", "id"],
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index("payment_refunds_payment_idx", "payment_refunds", ["tenant_id", "payment_id", "id"])


def _add_shares() -> None:
    op.create_table(
        "payment_shares",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sent", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reversed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lost", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("transfer_id", sa.Text(), nullable=True),
        sa.Column("earned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'commission') = (party_id IS NULL)", name=op.f("payment_shares_the_hall_is_nobody")
        ),
        sa.CheckConstraint(
            "kind IN ('work', 'leader', 'coordinator', 'commission')", name=op.f("payment_shares_kind_known")
        ),
        sa.CheckConstraint("(sent > 0) = (transfer_id IS NOT NULL)", name=op.f("payment_shares_sent_by_a_transfer")),
        sa.CheckConstraint(
            "amount > 0 AND taken BETWEEN 0 AND amount", name=op.f("payment_shares_no_more_taken_than_given")
        ),
        sa.CheckConstraint(
            "reversed >= 0 AND lost >= 0 AND reversed + lost <= sent",
            name=op.f("payment_shares_no_more_back_than_sent"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "party_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("payment_shares_tenant_id_party_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["payments.tenant_id", "payments.id"],
            name=op.f("payment_shares_tenant_id_payment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("payment_shares_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("payment_shares_pkey")),
        sa.UniqueConstraint("tenant_id", "transfer_id", name=op.f("payment_shares_tenant_id_transfer_id_key")),
    )
    op.create_index(
        "payment_shares_due_idx",
        "payment_shares",
        ["tenant_id", "id"],
        postgresql_where=sa.text("kind <> 'commission' AND sent = 0 AND taken < amount"),
    )
    op.create_index("payment_shares_party_idx", "payment_shares", ["tenant_id", "party_id", "id"])
    op.create_index("payment_shares_payment_idx", "payment_shares", ["tenant_id", "payment_id", "id"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
