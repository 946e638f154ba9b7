"""Memberships that somebody buys for somebody else."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230066"
down_revision = "202611230043"
branch_labels = None
depends_on = None

_RULES = {
    "state_known": "state IN ('open', 'closed', 'paid', 'redeemed', 'disputed', 'given_back')",
    "months_positive": "months > 0",
    "amount_is_something": "amount > 0",
    "currency_is_a_code": "currency ~ '^[A-Z]{3}$'",
    "redeemed_by_somebody": "(redeemed_by IS NULL) = (redeemed_at IS NULL)",
    "redeemed_when_it_was": "state <> 'redeemed' OR redeemed_by IS NOT NULL",
    "paid_before_it_is_redeemed": "redeemed_by IS NULL OR charge_id IS NOT NULL",
    "gives_to_who_redeemed_it": "membership_id IS NULL OR redeemed_by IS NOT NULL",
}
_INDEXES = {"code": "code_digest", "session": "session_id", "charge": "charge_id", "membership": "membership_id"}


def _key(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"gifts_tenant_id_{column}_fkey")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], name=name)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "gifts",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("months", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("code_digest", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("charge_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("paid_at", moment, nullable=True),
        sa.Column("expires_at", moment, nullable=True),
        sa.Column("redeemed_by", sa.Uuid(), nullable=True),
        sa.Column("redeemed_at", moment, nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        *(sa.CheckConstraint(rule, name=op.f(f"gifts_{name}")) for name, rule in _RULES.items()),
        _key("tier_id", "tiers"),
        _key("member_id", "members"),
        _key("redeemed_by", "members"),
        _key("membership_id", "memberships"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("gifts_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("gifts_pkey")),
    )
    for name, column in _INDEXES.items():
        op.create_index(f"gifts_{name}_idx", "gifts", ["tenant_id", column], unique=True)
    op.create_index("gifts_opened_idx", "gifts", ["tenant_id", "opened_at", "id"])
    op.create_index("gifts_member_idx", "gifts", ["tenant_id", "member_id", "opened_at"])
    op.create_index("gifts_redeemed_idx", "gifts", ["tenant_id", "redeemed_by", "redeemed_at"])
    for statement in row_security("gifts"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("gifts")
