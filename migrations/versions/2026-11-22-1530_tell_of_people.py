"""Notifications name who did something, some are mail alone, choices are by topic, and mail may rest."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221530"
down_revision = "202611221515"
branch_labels = None
depends_on = None

_NEWEST = [sa.literal_column("tenant_id"), sa.literal_column("member_id"), sa.literal_column("id DESC")]


def upgrade() -> None:
    op.add_column("notifications", sa.Column("actor_id", sa.Uuid(), nullable=True))
    op.add_column("notifications", sa.Column("quote", sa.Text(), server_default="", nullable=False))
    op.add_column("notifications", sa.Column("listed", sa.Boolean(), server_default="true", nullable=False))
    # The check of existing rows asks for a tenant; the new column is empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.create_foreign_key(
        op.f("notifications_tenant_id_actor_id_fkey"),
        "notifications",
        "members",
        ["tenant_id", "actor_id"],
        ["tenant_id", "id"],
    )
    op.drop_index("notifications_inbox_idx", "notifications")
    for name, where in (
        ("notifications_inbox_idx", "listed"),
        ("notifications_unread_idx", "listed AND read_at IS NULL"),
    ):
        op.create_index(name, "notifications", _NEWEST, unique=False, postgresql_where=sa.text(where))

    op.alter_column("notification_preferences", "event", new_column_name="topic")

    op.create_table(
        "mail_rests",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("mail_rests_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("mail_rests_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", name=op.f("mail_rests_pkey")),
    )
    for statement in row_security("mail_rests"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("mail_rests")
    op.alter_column("notification_preferences", "topic", new_column_name="event")
    op.drop_index("notifications_unread_idx", "notifications")
    op.drop_index("notifications_inbox_idx", "notifications")
    op.create_index("notifications_inbox_idx", "notifications", _NEWEST, unique=False)
    op.drop_constraint(op.f("notifications_tenant_id_actor_id_fkey"), "notifications", type_="foreignkey")
    for column in ("listed", "quote", "actor_id"):
        op.drop_column("notifications", column)
