"""Offers on memberships: what is taken off, for which tiers, and which purchases were begun with one."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230030"
down_revision = "202611230020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_discounts()
    op.create_table(
        "discount_tiers",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("discount_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        _key("discount_tiers", "discount_id", "discounts", ondelete="CASCADE"),
        _key("discount_tiers", "tier_id", "tiers", ondelete="CASCADE"),
        _of_a_tenant("discount_tiers"),
        sa.PrimaryKeyConstraint("tenant_id", "discount_id", "tier_id", name=op.f("discount_tiers_pkey")),
    )
    op.create_index("discount_tiers_tier_idx", "discount_tiers", ["tenant_id", "tier_id"])
    for table in ("discounts", "discount_tiers"):
        for statement in row_security(table):
            op.execute(statement)
    op.add_column("membership_purchases", sa.Column("discount_id", sa.Uuid(), nullable=True))
    # The check of existing rows asks for a tenant; the new column is empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.create_foreign_key(
        op.f("membership_purchases_tenant_id_discount_id_fkey"),
        "membership_purchases",
        "discounts",
        ["tenant_id", "discount_id"],
        ["tenant_id", "id"],
    )
    op.create_index("membership_purchases_discount_idx", "membership_purchases", ["tenant_id", "discount_id", "state"])


def _key(table: str, column: str, target: str, **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_tenant_id_{column}_fkey")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], name=name, **options)


def _of_a_tenant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey"))


_RULES = {
    "percent_or_amount": "num_nonnulls(percent, amount) = 1",
    "percent_is_a_part": "percent BETWEEN 1 AND 100",
    "amount_is_something": "amount > 0",
    "amount_in_a_currency": "(amount IS NULL) = (currency IS NULL)",
    "currency_is_a_code": "currency ~ '^[A-Z]{3}$'",
    "lasts_known": "lasts IN ('once', 'months', 'always')",
    "months_where_it_lasts_months": "(lasts = 'months') = (months IS NOT NULL)",
    "months_positive": "months > 0",
    "most_uses_positive": "most_uses > 0",
    "code_can_be_typed": "code ~ '^[A-Z0-9]{3,20}$'",
    "coupon_with_its_code": "(coupon_id IS NULL) = (promotion_id IS NULL)",
}


def _add_discounts() -> None:
    op.create_table(
        "discounts",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("by_link", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("lasts", sa.Text(), nullable=False),
        sa.Column("months", sa.SmallInteger(), nullable=True),
        sa.Column("most_uses", sa.Integer(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("coupon_id", sa.Text(), nullable=True),
        sa.Column("promotion_id", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"discounts_{name}")) for name, rule in _RULES.items()),
        _key("discounts", "created_by", "members"),
        _of_a_tenant("discounts"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("discounts_pkey")),
    )
    op.create_index(
        "discounts_code_idx",
        "discounts",
        ["tenant_id", "code"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("discounts_promotion_idx", "discounts", ["tenant_id", "promotion_id"], unique=True)
    op.create_index("discounts_coupon_idx", "discounts", ["tenant_id", "coupon_id"])
    op.create_index("discounts_created_idx", "discounts", ["tenant_id", "created_at", "id"])


def downgrade() -> None:
    op.drop_index("membership_purchases_discount_idx", "membership_purchases")
    op.drop_constraint(op.f("membership_purchases_tenant_id_discount_id_fkey"), "membership_purchases")
    op.drop_column("membership_purchases", "discount_id")
    op.drop_table("discount_tiers")
    op.drop_table("discounts")
