"""Members vouch for members they know, and know each other from then on."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611222320"
down_revision = "202611222310"
branch_labels = None
depends_on = None

_KNOWN = "worked > 0 OR inviter_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "vouches",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="offered", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("author_id <> subject_id", name=op.f("vouches_two_different_people")),
        sa.CheckConstraint(
            "relation IN ('colleague', 'client', 'worker', 'taught', 'learnt', 'neighbour')",
            name=op.f("vouches_relation_known"),
        ),
        sa.CheckConstraint("state IN ('offered', 'shown', 'hidden')", name=op.f("vouches_state_known")),
        sa.CheckConstraint("(state = 'offered') = (answered_at IS NULL)", name=op.f("vouches_answered_at_some_time")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("vouches_tenant_id_fkey")),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                ["members.tenant_id", "members.id"],
                name=op.f(f"vouches_tenant_id_{column}_fkey"),
                ondelete="CASCADE",
            )
            for column in ("author_id", "subject_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("vouches_pkey")),
        sa.UniqueConstraint(
            "tenant_id", "author_id", "subject_id", name=op.f("vouches_tenant_id_author_id_subject_id_key")
        ),
    )
    op.create_index("vouches_subject_idx", "vouches", ["tenant_id", "subject_id", sa.text("written_at DESC")])
    for statement in row_security("vouches"):
        op.execute(statement)
    for name in ("vouches", "vouched"):
        op.add_column("acquaintances", sa.Column(name, sa.Boolean(), server_default="false", nullable=False))
    op.drop_constraint(op.f("acquaintances_somehow_known"), "acquaintances")
    op.create_check_constraint(op.f("acquaintances_somehow_known"), "acquaintances", f"{_KNOWN} OR vouches OR vouched")


def downgrade() -> None:
    here = op.get_bind()
    for tenant_id in here.execute(sa.text("SELECT id FROM tenants ORDER BY id")).scalars().all():
        here.execute(sa.text(f"SET LOCAL app.tenant_id = '{tenant_id}'"))
        here.execute(sa.text(f"DELETE FROM acquaintances WHERE NOT ({_KNOWN})"))
    op.drop_constraint(op.f("acquaintances_somehow_known"), "acquaintances")
    op.create_check_constraint(op.f("acquaintances_somehow_known"), "acquaintances", _KNOWN)
    for name in ("vouches", "vouched"):
        op.drop_column("acquaintances", name)
    op.drop_table("vouches")
