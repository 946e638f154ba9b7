"""Coming in, and the facts that everything writes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221210"
down_revision = "202611221205"
branch_labels = None
depends_on = None

TENANT_TABLES = ("activities", "invitations", "invitation_links", "join_requests", "rules", "rules_acceptances")


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "actor_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("activities_tenant_id_actor_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("activities_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("activities_pkey")),
    )
    op.create_index("activities_newest_idx", "activities", ["tenant_id", sa.literal_column("id DESC")], unique=False)
    op.create_index(
        "activities_subject_idx", "activities", ["tenant_id", "subject_kind", "subject_id", "id"], unique=False
    )
    op.create_table(
        "invitations",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), server_default="member", nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "accepted_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("invitations_tenant_id_accepted_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invited_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("invitations_tenant_id_invited_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("invitations_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("invitations_pkey")),
        sa.UniqueConstraint("tenant_id", "token_hash", name=op.f("invitations_tenant_id_token_hash_key")),
    )
    op.create_index("invitations_email_idx", "invitations", ["tenant_id", "email"], unique=False)
    op.create_table(
        "invitation_links",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("uses_left >= 0", name=op.f("invitation_links_uses_left_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "created_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("invitation_links_tenant_id_created_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("invitation_links_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("invitation_links_pkey")),
        sa.UniqueConstraint("tenant_id", "token", name=op.f("invitation_links_tenant_id_token_key")),
    )
    op.create_table(
        "join_requests",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'refused', 'withdrawn')", name=op.f("join_requests_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decided_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("join_requests_tenant_id_decided_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("join_requests_tenant_id_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("join_requests_user_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("join_requests_pkey")),
    )
    op.create_index(
        "join_requests_open_key",
        "join_requests",
        ["tenant_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index("join_requests_queue_idx", "join_requests", ["tenant_id", "state", "id"], unique=False)
    op.create_table(
        "rules",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Text(), server_default="", nullable=False),
        sa.Column("guidelines", sa.Text(), server_default="", nullable=False),
        sa.Column("change_note", sa.Text(), server_default="", nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "published_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("rules_tenant_id_published_by_fkey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("rules_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("rules_pkey")),
        sa.UniqueConstraint("tenant_id", "version", name=op.f("rules_tenant_id_version_key")),
    )
    op.create_table(
        "rules_acceptances",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("rules_acceptances_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("rules_acceptances_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("rules_acceptances_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "member_id", "version", name=op.f("rules_acceptances_tenant_id_member_id_version_key")
        ),
    )

    for table in TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("rules_acceptances")
    op.drop_table("rules")
    op.drop_table("join_requests")
    op.drop_table("invitation_links")
    op.drop_table("invitations")
    op.drop_table("activities")
