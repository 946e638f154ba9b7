"""Saved searches that tell of new gigs: alerts, where to look for them, what they found, and the letters about it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611222020"
down_revision = "202611222010"
branch_labels = None
depends_on = None

TABLES = ("alerts", "alert_anchors", "alert_letters", "alert_weighings", "alert_matches")


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("requires", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("wanted", postgresql.TSQUERY(), nullable=True),
        sa.Column("around", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="on", nullable=False),
        sa.Column("pace", sa.Text(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("hour", sa.SmallInteger(), server_default="8", nullable=False),
        sa.Column("in_app", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("by_mail", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("feed_key", sa.Uuid(), nullable=True),
        sa.Column("feed_hash", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("pace IN ('at_once', 'daily', 'weekly')", name=op.f("alerts_pace_known")),
        sa.CheckConstraint("state IN ('on', 'paused')", name=op.f("alerts_state_known")),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("alerts_hour_known")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("alerts_weekday_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("alerts_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("alerts_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("alerts_pkey")),
        sa.UniqueConstraint("tenant_id", "feed_hash", name=op.f("alerts_tenant_id_feed_hash_key")),
    )
    op.create_index(
        "alerts_around_idx",
        "alerts",
        ["tenant_id", "around"],
        unique=False,
        postgresql_where=sa.text("around IS NOT NULL"),
    )
    op.create_index("alerts_expiry_idx", "alerts", ["tenant_id", "expires_at"], unique=False)
    op.create_index("alerts_member_idx", "alerts", ["tenant_id", "member_id"], unique=False)
    op.create_index(
        "alerts_next_idx", "alerts", ["tenant_id", "next_at"], unique=False, postgresql_where=sa.text("state = 'on'")
    )
    op.create_table(
        "alert_anchors",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "alert_id"],
            ["alerts.tenant_id", "alerts.id"],
            name=op.f("alert_anchors_tenant_id_alert_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("alert_anchors_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "anchor", "alert_id", name=op.f("alert_anchors_pkey")),
    )
    op.create_index("alert_anchors_alert_idx", "alert_anchors", ["tenant_id", "alert_id"], unique=False)
    op.create_table(
        "alert_letters",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ends_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'skipped', 'kept')", name=op.f("alert_letters_state_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ends_id"],
            ["alerts.tenant_id", "alerts.id"],
            name=op.f("alert_letters_tenant_id_ends_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("alert_letters_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("alert_letters_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("alert_letters_pkey")),
    )
    op.create_index("alert_letters_ends_idx", "alert_letters", ["tenant_id", "ends_id"], unique=False)
    op.create_index("alert_letters_member_idx", "alert_letters", ["tenant_id", "member_id"], unique=False)
    op.create_table(
        "alert_weighings",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("runs_to", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"],
            ["gigs.tenant_id", "gigs.id"],
            name=op.f("alert_weighings_tenant_id_gig_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("alert_weighings_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "gig_id", name=op.f("alert_weighings_pkey")),
    )
    op.create_table(
        "alert_matches",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("fit", sa.Double(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("because IN ('fit', 'fresh', 'rare', 'also')", name=op.f("alert_matches_because_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "alert_id"],
            ["alerts.tenant_id", "alerts.id"],
            name=op.f("alert_matches_tenant_id_alert_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gig_id"],
            ["gigs.tenant_id", "gigs.id"],
            name=op.f("alert_matches_tenant_id_gig_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "letter_id"],
            ["alert_letters.tenant_id", "alert_letters.id"],
            name=op.f("alert_matches_tenant_id_letter_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("alert_matches_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "alert_id", "gig_id", name=op.f("alert_matches_pkey")),
    )
    op.create_index("alert_matches_gig_idx", "alert_matches", ["tenant_id", "gig_id"], unique=False)
    op.create_index("alert_matches_letter_idx", "alert_matches", ["tenant_id", "letter_id"], unique=False)
    op.create_index(
        "alert_matches_waiting_idx",
        "alert_matches",
        ["tenant_id", "alert_id"],
        unique=False,
        postgresql_where=sa.text("letter_id IS NULL"),
    )
    for table in TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
