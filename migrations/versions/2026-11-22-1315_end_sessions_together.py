"""Sessions end together, sign-ups wait for their code, and codes follow from a secret instead of being kept."""

import sqlalchemy as sa
from alembic import op

revision = "202611221315"
down_revision = "202611221310"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hall_sessions", sa.Column("identity_session", sa.Text(), nullable=True))

    op.add_column("identity_sessions", sa.Column("carried_from", sa.Text(), nullable=True))
    op.create_foreign_key(
        op.f("identity_sessions_carried_from_fkey"),
        "identity_sessions",
        "identity_sessions",
        ["carried_from"],
        ["token_hash"],
        ondelete="CASCADE",
    )
    op.create_index("identity_sessions_carried_from_idx", "identity_sessions", ["carried_from"])
    op.create_index("identity_sessions_expires_at_idx", "identity_sessions", ["expires_at"])

    # Codes under way live for minutes; nobody misses them.
    op.execute("DELETE FROM email_codes")
    op.drop_column("email_codes", "code_hash")
    op.add_column("email_codes", sa.Column("name", sa.Text(), server_default="", nullable=False))
    op.add_column("email_codes", sa.Column("password_hash", sa.Text(), nullable=True))
    op.drop_index("email_codes_email_idx", table_name="email_codes")
    op.create_index("email_codes_browser_hash_key", "email_codes", ["browser_hash"], unique=True)
    op.create_index("email_codes_expires_at_idx", "email_codes", ["expires_at"])

    op.drop_constraint(op.f("handovers_identity_session_fkey"), "handovers", type_="foreignkey")
    op.create_foreign_key(
        op.f("handovers_identity_session_fkey"),
        "handovers",
        "identity_sessions",
        ["identity_session"],
        ["token_hash"],
        ondelete="CASCADE",
    )
    op.create_index("handovers_identity_session_idx", "handovers", ["identity_session"])
    op.create_index("handovers_expires_at_idx", "handovers", ["expires_at"])


def downgrade() -> None:
    op.drop_index("handovers_expires_at_idx", table_name="handovers")
    op.drop_index("handovers_identity_session_idx", table_name="handovers")
    op.drop_constraint(op.f("handovers_identity_session_fkey"), "handovers", type_="foreignkey")
    op.create_foreign_key(
        op.f("handovers_identity_session_fkey"),
        "handovers",
        "identity_sessions",
        ["identity_session"],
        ["token_hash"],
    )
    op.execute("DELETE FROM email_codes")
    op.drop_index("email_codes_expires_at_idx", table_name="email_codes")
    op.drop_index("email_codes_browser_hash_key", table_name="email_codes")
    op.create_index("email_codes_email_idx", "email_codes", ["email"])
    op.drop_column("email_codes", "password_hash")
    op.drop_column("email_codes", "name")
    op.add_column("email_codes", sa.Column("code_hash", sa.Text(), nullable=False))
    op.drop_index("identity_sessions_expires_at_idx", table_name="identity_sessions")
    op.drop_index("identity_sessions_carried_from_idx", table_name="identity_sessions")
    op.drop_constraint(op.f("identity_sessions_carried_from_fkey"), "identity_sessions", type_="foreignkey")
    op.drop_column("identity_sessions", "carried_from")
    op.drop_column("hall_sessions", "identity_session")
