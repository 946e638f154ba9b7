"""What publishing a gig costs, or having it stand out, and who paid for which."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611222327"
down_revision = "202611222320"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('listing', 'featured')"


def upgrade() -> None:
    _add_fees()
    _add_purchases()
    for table in ("gig_fees", "gig_purchases"):
        for statement in row_security(table):
            op.execute(statement)


def _key(table: str, column: str, target: str, **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_tenant_id_{column}_fkey")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], name=name, **options)


def _of_a_tenant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey"))


def _add_fees() -> None:
    op.create_table(
        "gig_fees",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), server_default="7", nullable=False),
        sa.CheckConstraint(_KINDS, name=op.f("gig_fees_kind_known")),
        sa.CheckConstraint("amount >= 0", name=op.f("gig_fees_amount_not_negative")),
        sa.CheckConstraint("days > 0", name=op.f("gig_fees_days_positive")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("gig_fees_currency_is_a_code")),
        _key("gig_fees", "category_id", "categories", ondelete="CASCADE"),
        _of_a_tenant("gig_fees"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("gig_fees_pkey")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "category_id",
            name=op.f("gig_fees_tenant_id_kind_category_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def _add_purchases() -> None:
    op.create_table(
        "gig_purchases",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("charge_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_KINDS, name=op.f("gig_purchases_kind_known")),
        sa.CheckConstraint("state IN ('open', 'paid', 'closed', 'given_back')", name=op.f("gig_purchases_state_known")),
        sa.CheckConstraint("amount > 0", name=op.f("gig_purchases_amount_is_something")),
        _key("gig_purchases", "gig_id", "gigs", ondelete="SET NULL (gig_id)"),
        _key("gig_purchases", "member_id", "members"),
        _of_a_tenant("gig_purchases"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("gig_purchases_pkey")),
    )
    op.create_index("gig_purchases_session_idx", "gig_purchases", ["tenant_id", "session_id"], unique=True)
    op.create_index("gig_purchases_charge_idx", "gig_purchases", ["tenant_id", "charge_id"])
    op.create_index(
        "gig_purchases_open_idx",
        "gig_purchases",
        ["tenant_id", "gig_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "gig_purchases_featured_idx",
        "gig_purchases",
        ["tenant_id", "until"],
        postgresql_where=sa.text("kind = 'featured' AND state = 'paid'"),
    )


def downgrade() -> None:
    op.drop_table("gig_purchases")
    op.drop_table("gig_fees")
