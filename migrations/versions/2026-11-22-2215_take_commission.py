"""Rules of commission, and what was kept of them with each round of terms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611222215"
down_revision = "202611222210"
branch_labels = None
depends_on = None

FEES = ("client", "worker", "leader", "coordinator")


def upgrade() -> None:
    op.create_table(
        "commission_rules",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("people", sa.Text(), server_default="everybody", nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(column for name in FEES for column in _fee(name)),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("commission_rules_currency_is_a_code")),
        sa.CheckConstraint(
            "people IN ('newcomers', 'experts', 'team', 'everybody')", name=op.f("commission_rules_people_known")
        ),
        *(check for name in FEES for check in _checks(name)),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f("commission_rules_tenant_id_category_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("commission_rules_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("commission_rules_pkey")),
        sa.UniqueConstraint(
            "tenant_id",
            "category_id",
            "people",
            name=op.f("commission_rules_tenant_id_category_id_people_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "commission_terms",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("why", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements.tenant_id", "agreements.id"],
            name=op.f("commission_terms_tenant_id_agreement_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("commission_terms_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "agreement_id", "round", name=op.f("commission_terms_pkey")),
    )
    for table in ("commission_rules", "commission_terms"):
        for statement in row_security(table):
            op.execute(statement)
    # What two people saw when they agreed is nobody's to change.
    op.execute("REVOKE UPDATE, DELETE ON commission_terms FROM guildhall_app, guildhall_operator")


def downgrade() -> None:
    op.drop_table("commission_terms")
    op.drop_table("commission_rules")


def _fee(name: str) -> list[sa.Column]:
    return [
        sa.Column(f"{name}_fixed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(f"{name}_points", sa.Integer(), server_default="0", nullable=False),
        sa.Column(f"{name}_least", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(f"{name}_most", sa.BigInteger(), nullable=True),
    ]


def _checks(name: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(f"{name}_points BETWEEN 0 AND 10000", name=op.f(f"commission_rules_{name}_is_a_share")),
        sa.CheckConstraint(
            f"{name}_fixed >= 0 AND {name}_least >= 0 AND ({name}_most IS NULL OR {name}_most >= {name}_least)",
            name=op.f(f"commission_rules_{name}_is_bounded"),
        ),
    ]
