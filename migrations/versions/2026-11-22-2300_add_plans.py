"""What marketplaces pay the platform: the customer each is, its plan, its invoices; who was here in which month; bytes kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611222300"
down_revision = "202611222220"
branch_labels = None
depends_on = None

TABLES = ("plan_accounts", "plan_invoices", "plan_subscriptions", "stored_objects", "presences")
_STATES = "'uploaded', 'mapped', 'running', {}'finished', 'failed'"


def upgrade() -> None:
    op.create_table(
        "plan_accounts",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("checkout_id", sa.Text(), nullable=True),
        sa.Column("checkouts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("address", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("tax_ids", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("balance", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("plan_accounts_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("plan_accounts_pkey")),
    )
    op.create_table(
        "plan_invoices",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("pdf_url", sa.Text(), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("plan_invoices_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("plan_invoices_pkey")),
        sa.UniqueConstraint("tenant_id", "invoice_id", name=op.f("plan_invoices_tenant_id_invoice_id_key")),
    )
    op.create_index(
        "plan_invoices_newest_idx", "plan_invoices", ["tenant_id", sa.literal_column("issued_at DESC")], unique=False
    )
    op.create_table(
        "plan_subscriptions",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subscription_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("interval", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("period_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancels_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("past_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("keeps", sa.Text(), nullable=True),
        sa.Column("keeps_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("noticed", sa.Text(), server_default="", nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'past_due') = (past_due_at IS NOT NULL)", name=op.f("plan_subscriptions_past_due_since_a_moment")
        ),
        sa.CheckConstraint("interval IN ('month', 'year')", name=op.f("plan_subscriptions_interval_known")),
        sa.CheckConstraint("keeps IN ('free', 'hall', 'company')", name=op.f("plan_subscriptions_keeps_a_plan")),
        sa.CheckConstraint(
            "noticed IN ('', 'past_due', 'ends_soon', 'fallen')", name=op.f("plan_subscriptions_notice_known")
        ),
        sa.CheckConstraint("plan IN ('free', 'hall', 'company')", name=op.f("plan_subscriptions_plan_known")),
        sa.CheckConstraint("quantity > 0", name=op.f("plan_subscriptions_quantity_positive")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("plan_subscriptions_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("plan_subscriptions_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "subscription_id", name=op.f("plan_subscriptions_tenant_id_subscription_id_key")
        ),
    )
    op.create_index(
        "plan_subscriptions_one_idx",
        "plan_subscriptions",
        ["tenant_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('trialing', 'active', 'past_due', 'unpaid', 'paused')"),
    )
    op.create_table(
        "stored_objects",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("stored_objects_size_not_negative")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("stored_objects_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "key", name=op.f("stored_objects_pkey")),
    )
    op.create_table(
        "presences",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("extract(day FROM month) = 1", name=op.f("presences_month_by_its_first_day")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("presences_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("presences_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "month", "member_id", name=op.f("presences_pkey")),
    )
    # A foreign key is checked by the rules of its tables, which ask for a tenant: no row has one yet.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.add_column("join_requests", sa.Column("way", sa.Text(), server_default="approval", nullable=False))
    op.add_column("join_requests", sa.Column("invitation_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("join_requests_tenant_id_invitation_id_fkey"),
        "join_requests",
        "invitations",
        ["tenant_id", "invitation_id"],
        ["tenant_id", "id"],
    )
    # A list whose people no longer fit rests until they do.
    _let_imports_be(_STATES.format("'resting', "))
    for table in TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    here = op.get_bind()
    for tenant_id in here.execute(sa.text("SELECT id FROM tenants ORDER BY id")).scalars().all():
        here.execute(sa.text(f"SET LOCAL app.tenant_id = '{tenant_id}'"))
        here.execute(sa.text("UPDATE imports SET state = 'running' WHERE state = 'resting'"))
    _let_imports_be(_STATES.format(""))
    op.drop_constraint(op.f("join_requests_tenant_id_invitation_id_fkey"), "join_requests", type_="foreignkey")
    op.drop_column("join_requests", "invitation_id")
    op.drop_column("join_requests", "way")
    for table in reversed(TABLES):
        op.drop_table(table)


def _let_imports_be(states: str) -> None:
    op.drop_constraint(op.f("imports_state_known"), "imports", type_="check")
    op.create_check_constraint(op.f("imports_state_known"), "imports", f"state IN ({states})")
