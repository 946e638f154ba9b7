"""Threads, blocks and reports; notifications and their dispatch; imports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221230"
down_revision = "202611221225"
branch_labels = None
depends_on = None

TENANT_TABLES = (
    "threads",
    "messages",
    "thread_marks",
    "blocks",
    "reports",
    "notifications",
    "dispatches",
    "notification_preferences",
    "imports",
    "import_rows",
)


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("low_id", sa.Uuid(), nullable=False),
        sa.Column("high_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message_count", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("low_id < high_id", name=op.f("threads_pair_in_order")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"], ["gigs.tenant_id", "gigs.id"], name=op.f("threads_tenant_id_gig_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "high_id"], ["members.tenant_id", "members.id"], name=op.f("threads_tenant_id_high_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "low_id"], ["members.tenant_id", "members.id"], name=op.f("threads_tenant_id_low_id_fkey")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("threads_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("threads_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "gig_id", "low_id", "high_id", name=op.f("threads_tenant_id_gig_id_low_id_high_id_key")
        ),
    )
    op.create_index(
        "threads_high_idx",
        "threads",
        [sa.literal_column("tenant_id"), sa.literal_column("high_id"), sa.literal_column("last_message_at DESC")],
        unique=False,
    )
    op.create_index(
        "threads_low_idx",
        "threads",
        [sa.literal_column("tenant_id"), sa.literal_column("low_id"), sa.literal_column("last_message_at DESC")],
        unique=False,
    )
    op.create_table(
        "messages",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "author_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("messages_tenant_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "thread_id"],
            ["threads.tenant_id", "threads.id"],
            name=op.f("messages_tenant_id_thread_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("messages_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("messages_pkey")),
    )
    op.create_index("messages_thread_idx", "messages", ["tenant_id", "thread_id", "id"], unique=False)
    op.create_table(
        "thread_marks",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("read_to", sa.Uuid(), nullable=True),
        sa.Column("mailed_to", sa.Uuid(), nullable=True),
        sa.Column("unread", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("thread_marks_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "thread_id"],
            ["threads.tenant_id", "threads.id"],
            name=op.f("thread_marks_tenant_id_thread_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("thread_marks_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "thread_id", "member_id", name=op.f("thread_marks_pkey")),
    )
    op.create_table(
        "blocks",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("blocker_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("blocker_id <> blocked_id", name=op.f("blocks_two_different_people")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "blocked_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("blocks_tenant_id_blocked_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "blocker_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("blocks_tenant_id_blocker_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("blocks_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "blocker_id", "blocked_id", name=op.f("blocks_pkey")),
    )
    op.create_index("blocks_blocked_idx", "blocks", ["tenant_id", "blocked_id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handled_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name=op.f("reports_state_known")),
        sa.CheckConstraint(
            "subject_kind IN ('gig', 'member', 'message', 'review')", name=op.f("reports_subject_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "handled_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("reports_tenant_id_handled_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reporter_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("reports_tenant_id_reporter_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("reports_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("reports_pkey")),
    )
    op.create_index("reports_queue_idx", "reports", ["tenant_id", "state", "id"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("notifications_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("notifications_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("notifications_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "member_id", "source", name=op.f("notifications_tenant_id_member_id_source_key")
        ),
    )
    op.create_index(
        "notifications_inbox_idx",
        "notifications",
        [sa.literal_column("tenant_id"), sa.literal_column("member_id"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "dispatches",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("channel IN ('email')", name=op.f("dispatches_channel_known")),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'skipped')", name=op.f("dispatches_state_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notification_id"],
            ["notifications.tenant_id", "notifications.id"],
            name=op.f("dispatches_tenant_id_notification_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("dispatches_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("dispatches_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "notification_id", "channel", name=op.f("dispatches_tenant_id_notification_id_channel_key")
        ),
    )
    op.create_table(
        "notification_preferences",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("channel IN ('app', 'email')", name=op.f("notification_preferences_channel_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("notification_preferences_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("notification_preferences_tenant_id_fkey")),
        sa.PrimaryKeyConstraint(
            "tenant_id", "member_id", "event", "channel", name=op.f("notification_preferences_pkey")
        ),
    )
    op.create_table(
        "imports",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="uploaded", nullable=False),
        sa.Column("columns", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('gigs', 'members')", name=op.f("imports_kind_known")),
        sa.CheckConstraint(
            "state IN ('uploaded', 'mapped', 'running', 'finished', 'failed')", name=op.f("imports_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "started_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("imports_tenant_id_started_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("imports_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("imports_pkey")),
    )
    op.create_table(
        "import_rows",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'created', 'updated', 'unchanged', 'refused')", name=op.f("import_rows_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "import_id"],
            ["imports.tenant_id", "imports.id"],
            name=op.f("import_rows_tenant_id_import_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("import_rows_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", "number", name=op.f("import_rows_pkey")),
    )
    op.create_index("import_rows_state_idx", "import_rows", ["tenant_id", "import_id", "state", "number"], unique=False)

    for table in TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("import_rows")
    op.drop_table("imports")
    op.drop_table("notification_preferences")
    op.drop_table("dispatches")
    op.drop_table("notifications")
    op.drop_table("reports")
    op.drop_table("blocks")
    op.drop_table("thread_marks")
    op.drop_table("messages")
    op.drop_table("threads")
