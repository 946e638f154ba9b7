"""Memberships: tiers and their prices, what members have of them, how they pay."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611222101"
down_revision = "202611222100"
branch_labels = None
depends_on = None


TABLES = ("tiers", "membership_customers", "membership_payments", "tier_prices", "membership_purchases", "memberships")


def upgrade() -> None:
    _add_tiers()
    _add_membership_customers()
    _add_membership_payments()
    _add_tier_prices()
    _add_membership_purchases()
    _add_memberships()
    for table in TABLES:
        for statement in row_security(table):
            op.execute(statement)


def _add_tiers() -> None:
    op.create_table(
        "tiers",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pitch", sa.Text(), server_default="", nullable=False),
        sa.Column("includes", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("trial_days", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("posts_a_month", sa.Integer(), nullable=True),
        sa.Column("open_applications", sa.Integer(), nullable=True),
        sa.Column("categories", sa.Integer(), nullable=True),
        sa.Column("alerts", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'selling', 'closed')", name=op.f("tiers_state_known")),
        sa.CheckConstraint("alerts >= 0", name=op.f("tiers_alerts_not_negative")),
        sa.CheckConstraint("categories >= 0", name=op.f("tiers_categories_not_negative")),
        sa.CheckConstraint("open_applications >= 0", name=op.f("tiers_open_applications_not_negative")),
        sa.CheckConstraint("posts_a_month >= 0", name=op.f("tiers_posts_a_month_not_negative")),
        sa.CheckConstraint("trial_days BETWEEN 0 AND 730", name=op.f("tiers_trial_days_known")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("tiers_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("tiers_pkey")),
    )
    op.create_index("tiers_position_idx", "tiers", ["tenant_id", "position", "id"], unique=False)


def _add_membership_customers() -> None:
    op.create_table(
        "membership_customers",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("membership_customers_tenant_id_member_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("membership_customers_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", "account_id", name=op.f("membership_customers_pkey")),
    )
    op.create_index(
        "membership_customers_customer_idx", "membership_customers", ["tenant_id", "customer_id"], unique=True
    )


def _add_membership_payments() -> None:
    op.create_table(
        "membership_payments",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("charge_id", sa.Text(), nullable=False),
        sa.Column("invoice_id", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("membership_payments_amount_is_something")),
        sa.CheckConstraint("refunded BETWEEN 0 AND amount", name=op.f("membership_payments_no_more_back_than_came")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("membership_payments_tenant_id_member_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "tier_id"],
            ["tiers.tenant_id", "tiers.id"],
            name=op.f("membership_payments_tenant_id_tier_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("membership_payments_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("membership_payments_pkey")),
    )
    op.create_index("membership_payments_charge_idx", "membership_payments", ["tenant_id", "charge_id"], unique=True)
    op.create_index(
        "membership_payments_member_idx", "membership_payments", ["tenant_id", "member_id", "paid_at"], unique=False
    )


def _add_tier_prices() -> None:
    op.create_table(
        "tier_prices",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("interval", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("price_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("tier_prices_currency_is_a_code")),
        sa.CheckConstraint("\"interval\" IN ('month', 'year', 'once')", name=op.f("tier_prices_interval_known")),
        sa.CheckConstraint("(price_id IS NULL) = (account_id IS NULL)", name=op.f("tier_prices_known_in_an_account")),
        sa.CheckConstraint("amount > 0", name=op.f("tier_prices_amount_is_something")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "tier_id"], ["tiers.tenant_id", "tiers.id"], name=op.f("tier_prices_tenant_id_tier_id_fkey")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("tier_prices_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("tier_prices_pkey")),
    )
    op.create_index(
        "tier_prices_one_idx",
        "tier_prices",
        ["tenant_id", "tier_id", "interval", "currency"],
        unique=True,
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_index("tier_prices_price_idx", "tier_prices", ["tenant_id", "price_id"], unique=True)


def _add_membership_purchases() -> None:
    op.create_table(
        "membership_purchases",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("price_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'paid', 'closed')", name=op.f("membership_purchases_state_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("membership_purchases_tenant_id_member_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "price_id"],
            ["tier_prices.tenant_id", "tier_prices.id"],
            name=op.f("membership_purchases_tenant_id_price_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("membership_purchases_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("membership_purchases_pkey")),
    )
    op.create_index(
        "membership_purchases_open_idx",
        "membership_purchases",
        ["tenant_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "membership_purchases_session_idx", "membership_purchases", ["tenant_id", "session_id"], unique=True
    )


def _add_memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("price_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grace_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancels_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("subscription_id", sa.Text(), nullable=True),
        sa.Column("intent_id", sa.Text(), nullable=True),
        sa.CheckConstraint("(source = 'bought') = (price_id IS NOT NULL)", name=op.f("memberships_price_where_bought")),
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name=op.f("memberships_ended_when_it_ended")),
        sa.CheckConstraint(
            "(state = 'past_due') = (grace_until IS NOT NULL)", name=op.f("memberships_grace_while_past_due")
        ),
        sa.CheckConstraint(
            "source <> 'bought' OR num_nonnulls(subscription_id, intent_id) = 1",
            name=op.f("memberships_one_proof_of_what_was_bought"),
        ),
        sa.CheckConstraint("source IN ('bought', 'gift', 'complimentary')", name=op.f("memberships_source_known")),
        sa.CheckConstraint(
            "state IN ('trialing', 'active', 'past_due', 'ended')", name=op.f("memberships_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("memberships_tenant_id_member_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "price_id"],
            ["tier_prices.tenant_id", "tier_prices.id"],
            name=op.f("memberships_tenant_id_price_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "tier_id"], ["tiers.tenant_id", "tiers.id"], name=op.f("memberships_tenant_id_tier_id_fkey")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("memberships_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("memberships_pkey")),
    )
    op.create_index("memberships_intent_idx", "memberships", ["tenant_id", "intent_id"], unique=True)
    op.create_index("memberships_member_idx", "memberships", ["tenant_id", "member_id", "state"], unique=False)
    op.create_index(
        "memberships_one_bought_idx",
        "memberships",
        ["tenant_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("source = 'bought' AND state <> 'ended'"),
    )
    op.create_index("memberships_subscription_idx", "memberships", ["tenant_id", "subscription_id"], unique=True)
    op.create_index("memberships_tier_idx", "memberships", ["tenant_id", "tier_id", "state"], unique=False)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
