"""Members thank each other, and such thanks can be reported."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250601"
down_revision = "202611250201"
branch_labels = None
depends_on = None

_REPORTED = "'gig', 'member', 'message', 'review', 'vouch', 'application', 'project_review'"


def upgrade() -> None:
    op.create_table(
        "kudos",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="offered", nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("author_id <> subject_id", name=op.f("kudos_two_different_people")),
        sa.CheckConstraint(
            "reason IN ('hand', 'patience', 'advice', 'idea', 'care', 'word', 'welcome', 'own')",
            name=op.f("kudos_reason_known"),
        ),
        sa.CheckConstraint("state IN ('offered', 'shown', 'hidden', 'taken_back')", name=op.f("kudos_state_known")),
        sa.CheckConstraint("(state = 'offered') = (answered_at IS NULL)", name=op.f("kudos_answered_at_some_time")),
        sa.CheckConstraint("reason <> 'own' OR text <> '' OR state = 'taken_back'", name=op.f("kudos_something_said")),
        sa.CheckConstraint("state <> 'taken_back' OR text = ''", name=op.f("kudos_words_taken_back")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("kudos_tenant_id_fkey")),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                ["members.tenant_id", "members.id"],
                name=op.f(f"kudos_tenant_id_{column}_fkey"),
                ondelete="CASCADE",
            )
            for column in ("author_id", "subject_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("kudos_pkey")),
    )
    newest = (sa.text("given_at DESC"), sa.text("id DESC"))
    op.create_index("kudos_subject_idx", "kudos", ["tenant_id", "subject_id", *newest])
    op.create_index("kudos_author_idx", "kudos", ["tenant_id", "author_id", newest[0]])
    op.create_index(
        "kudos_shown_idx",
        "kudos",
        ["tenant_id", *newest],
        postgresql_where=sa.text("state = 'shown' AND withheld_at IS NULL"),
    )
    for statement in row_security("kudos"):
        op.execute(statement)
    op.add_column("profiles", sa.Column("kudos_shown", sa.Boolean(), server_default="false", nullable=False))
    _let_be_reported(f"{_REPORTED}, 'kudos'")


def downgrade() -> None:
    here = op.get_bind()
    for tenant_id in here.execute(sa.text("SELECT id FROM tenants ORDER BY id")).scalars().all():
        here.execute(sa.text(f"SET LOCAL app.tenant_id = '{tenant_id}'"))
        here.execute(sa.text("DELETE FROM reports WHERE subject_kind = 'kudos'"))
    _let_be_reported(_REPORTED)
    op.drop_column("profiles", "kudos_shown")
    op.drop_table("kudos")


def _let_be_reported(kinds: str) -> None:
    name = op.f("reports_subject_known")
    op.drop_constraint(name, "reports")
    op.create_check_constraint(name, "reports", f"subject_kind IN ({kinds})")
