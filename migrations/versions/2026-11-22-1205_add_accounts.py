"""Signing in: sessions on the identity host and on tenants' hosts, codes and hand-overs."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221205"
down_revision = "202611221200"
branch_labels = None
depends_on = None

TENANT_TABLES = ("hall_sessions",)


def upgrade() -> None:
    op.create_table(
        "identity_sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("identity_sessions_user_id_fkey")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("identity_sessions_pkey")),
    )
    op.create_index("identity_sessions_user_id_idx", "identity_sessions", ["user_id"], unique=False)
    op.create_table(
        "email_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose IN ('sign_in', 'sign_up', 'password')", name=op.f("email_codes_purpose_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("email_codes_pkey")),
    )
    op.create_index("email_codes_email_idx", "email_codes", ["email"], unique=False)
    op.create_table(
        "handovers",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("identity_session", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=False),
        sa.Column("onward", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["identity_session"], ["identity_sessions.token_hash"], name=op.f("handovers_identity_session_fkey")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("handovers_user_id_fkey")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("handovers_pkey")),
    )
    op.create_table(
        "hall_sessions",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("hall_sessions_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("hall_sessions_tenant_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("hall_sessions_user_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("hall_sessions_pkey")),
    )
    op.create_index("hall_sessions_member_idx", "hall_sessions", ["tenant_id", "member_id"], unique=False)
    op.create_index("hall_sessions_token_key", "hall_sessions", ["tenant_id", "token_hash"], unique=True)
    op.create_index("hall_sessions_user_idx", "hall_sessions", ["tenant_id", "user_id"], unique=False)

    for table in TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("hall_sessions")
    op.drop_table("handovers")
    op.drop_table("email_codes")
    op.drop_table("identity_sessions")
