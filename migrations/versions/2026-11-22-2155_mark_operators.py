"""Who runs the installation and what they did; events and unfinished operations by what is asked of them."""

import sqlalchemy as sa
from alembic import op

revision = "202611222155"
down_revision = "202611222102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operators",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("operators_user_id_fkey")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("operators_pkey")),
    )
    op.create_table(
        "operator_actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verb IN ('replayed', 'replayed_failed', 'compared')", name=op.f("operator_actions_verb_known")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("operator_actions_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("operator_actions_pkey")),
    )
    op.create_index("operator_actions_newest_idx", "operator_actions", ["at", "id"])
    # Nothing that a web process runs as can make an operator, and nobody takes back what an operator did.
    op.execute("REVOKE INSERT, UPDATE, DELETE ON operators FROM guildhall_app")
    op.execute("REVOKE UPDATE, DELETE ON operator_actions FROM guildhall_app, guildhall_operator")
    op.create_index("inbox_newest_idx", "inbox", ["received_at", "source", "event_id"])
    op.create_index("inbox_object_idx", "inbox", ["object_id"])
    op.create_index("inbox_account_idx", "inbox", ["account", "received_at"])
    op.create_index(
        "operations_begun_idx",
        "operations",
        ["tenant_id", "begun_at"],
        postgresql_where=sa.text("state = 'begun'"),
    )


def downgrade() -> None:
    op.drop_index("operations_begun_idx", "operations")
    for index in ("inbox_account_idx", "inbox_object_idx", "inbox_newest_idx"):
        op.drop_index(index, "inbox")
    op.drop_table("operator_actions")
    op.drop_table("operators")
