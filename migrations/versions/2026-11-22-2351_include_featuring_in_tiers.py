"""What memberships include of featuring, what somebody without one may, and commission by membership."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611222351"
down_revision = "202611222337"
branch_labels = None
depends_on = None

_PROOF = (
    "(tier_id IS NULL AND amount > 0 AND session_id <> '') OR "
    "(tier_id IS NOT NULL AND amount = 0 AND session_id = '' AND kind = 'featured' AND state IN ('paid', 'given_back'))"
)
_GROUPS = ("newcomers", "experts", "team", "everybody")


def upgrade() -> None:
    op.add_column("tiers", sa.Column("featured_a_month", sa.Integer(), server_default="0", nullable=False))
    op.add_column("tiers", sa.Column("featured_days", sa.SmallInteger(), server_default="7", nullable=False))
    op.create_check_constraint(op.f("tiers_featured_a_month_not_negative"), "tiers", "featured_a_month >= 0")
    op.create_check_constraint(op.f("tiers_featured_days_known"), "tiers", "featured_days BETWEEN 1 AND 90")
    op.add_column(
        "tenants",
        sa.Column(
            "limits_without", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    # The check of existing rows asks for a tenant; the new columns are empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    _let_uses_stand_beside_purchases()
    _let_rules_name_tiers()


def _let_uses_stand_beside_purchases() -> None:
    op.add_column("gig_purchases", sa.Column("tier_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("gig_purchases_tenant_id_tier_id_fkey"),
        "gig_purchases",
        "tiers",
        ["tenant_id", "tier_id"],
        ["tenant_id", "id"],
    )
    op.drop_constraint(op.f("gig_purchases_amount_is_something"), "gig_purchases", type_="check")
    op.create_check_constraint(op.f("gig_purchases_paid_or_included"), "gig_purchases", _PROOF)
    op.drop_index("gig_purchases_session_idx", table_name="gig_purchases")
    op.create_index(
        "gig_purchases_session_idx",
        "gig_purchases",
        ["tenant_id", "session_id"],
        unique=True,
        postgresql_where=sa.text("tier_id IS NULL"),
    )
    op.create_index(
        "gig_purchases_used_idx",
        "gig_purchases",
        ["tenant_id", "member_id", "opened_at"],
        postgresql_where=sa.text("tier_id IS NOT NULL"),
    )


def _let_rules_name_tiers() -> None:
    op.add_column("commission_rules", sa.Column("tier_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("commission_rules_tenant_id_tier_id_fkey"),
        "commission_rules",
        "tiers",
        ["tenant_id", "tier_id"],
        ["tenant_id", "id"],
    )
    op.drop_constraint(op.f("commission_rules_people_known"), "commission_rules", type_="check")
    op.create_check_constraint(op.f("commission_rules_people_known"), "commission_rules", _known((*_GROUPS, "tier")))
    op.create_check_constraint(
        op.f("commission_rules_tier_where_named"), "commission_rules", "(people = 'tier') = (tier_id IS NOT NULL)"
    )
    op.drop_constraint(op.f("commission_rules_tenant_id_category_id_people_key"), "commission_rules", type_="unique")
    op.create_unique_constraint(
        op.f("commission_rules_tenant_id_category_id_people_tier_id_key"),
        "commission_rules",
        ["tenant_id", "category_id", "people", "tier_id"],
        postgresql_nulls_not_distinct=True,
    )


def _known(groups: tuple[str, ...]) -> str:
    return f"people IN ({', '.join(repr(group) for group in groups)})"


def downgrade() -> None:
    _forget("commission_rules")
    op.drop_constraint(
        op.f("commission_rules_tenant_id_category_id_people_tier_id_key"), "commission_rules", type_="unique"
    )
    op.drop_constraint(op.f("commission_rules_tier_where_named"), "commission_rules", type_="check")
    op.drop_constraint(op.f("commission_rules_people_known"), "commission_rules", type_="check")
    op.create_check_constraint(op.f("commission_rules_people_known"), "commission_rules", _known(_GROUPS))
    op.drop_column("commission_rules", "tier_id")
    op.create_unique_constraint(
        op.f("commission_rules_tenant_id_category_id_people_key"),
        "commission_rules",
        ["tenant_id", "category_id", "people"],
        postgresql_nulls_not_distinct=True,
    )
    _forget("gig_purchases")
    op.drop_index("gig_purchases_used_idx", table_name="gig_purchases")
    op.drop_index("gig_purchases_session_idx", table_name="gig_purchases")
    op.drop_constraint(op.f("gig_purchases_paid_or_included"), "gig_purchases", type_="check")
    op.drop_column("gig_purchases", "tier_id")
    op.create_index("gig_purchases_session_idx", "gig_purchases", ["tenant_id", "session_id"], unique=True)
    op.create_check_constraint(op.f("gig_purchases_amount_is_something"), "gig_purchases", "amount > 0")
    op.drop_column("tenants", "limits_without")
    op.drop_column("tiers", "featured_days")
    op.drop_column("tiers", "featured_a_month")


def _forget(table: str) -> None:
    """Delete what the former tables cannot hold, of every tenant."""
    op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM {table} WHERE tier_id IS NOT NULL")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
