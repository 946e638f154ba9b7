"""Projects are handed over: who is asked to lead one on, who led it until when, and since when nobody does."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250501"
down_revision = "202611250101"
branch_labels = None
depends_on = None

_STATES = "'asked', 'accepted', 'declined', 'taken_back', 'lapsed'"
_TO = {"project_id": "projects", "from_id": "members", "to_id": "members", "asked_by": "members"}
_WHERE = {
    "deadline": (["tenant_id", "deadline_at"], "deadline_at IS NOT NULL"),
    "remind": (["tenant_id", "remind_at"], "remind_at IS NOT NULL"),
    "to": (["tenant_id", "to_id"], "state = 'asked'"),
}


def upgrade() -> None:
    op.add_column("projects", sa.Column("unled_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "projects_unled_idx", "projects", ["tenant_id", "unled_at"], postgresql_where=sa.text("unled_at IS NOT NULL")
    )
    op.create_table(
        "project_handovers",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in _TO),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("deadline_at", "remind_at", "reminded_at")
        ),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("project_handovers_state_known")),
        sa.CheckConstraint("from_id <> to_id", name=op.f("project_handovers_to_somebody_else")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("project_handovers_tenant_id_fkey")),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", name],
                [f"{table}.tenant_id", f"{table}.id"],
                ondelete="CASCADE" if table == "projects" else None,
                name=op.f(f"project_handovers_tenant_id_{name}_fkey"),
            )
            for name, table in _TO.items()
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("project_handovers_pkey")),
    )
    op.create_index(
        "project_handovers_open_key",
        "project_handovers",
        ["tenant_id", "project_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_index("project_handovers_project_idx", "project_handovers", ["tenant_id", "project_id", "id"])
    for name, (columns, where) in _WHERE.items():
        op.create_index(f"project_handovers_{name}_idx", "project_handovers", columns, postgresql_where=sa.text(where))
    for statement in row_security("project_handovers"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("project_handovers")
    op.drop_index("projects_unled_idx", "projects")
    op.drop_column("projects", "unled_at")
