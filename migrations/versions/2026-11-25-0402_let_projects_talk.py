"""The people of a project talk in one thread, bring files, and give each other things to do by phase."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250402"
down_revision = "202611250102"
branch_labels = None
depends_on = None

_KINDS = "'update', 'decision', 'task'"


def upgrade() -> None:
    op.add_column("project_notes", sa.Column("phase", sa.Text(), server_default="", nullable=False))
    op.add_column("project_notes", sa.Column("for_id", sa.Uuid(), nullable=True))
    # The check of existing rows asks for a tenant; the new column is empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.create_foreign_key(
        op.f("project_notes_tenant_id_for_id_fkey"),
        "project_notes",
        "members",
        ["tenant_id", "for_id"],
        ["tenant_id", "id"],
    )
    op.create_check_constraint(
        op.f("project_notes_only_tasks_are_for_somebody"),
        "project_notes",
        "kind = 'task' OR (for_id IS NULL AND phase = '')",
    )
    _let_kinds_be(f"'word', {_KINDS}")
    op.create_table(
        "project_files",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("project_files_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "note_id"],
            ["project_notes.tenant_id", "project_notes.id"],
            name=op.f("project_files_tenant_id_note_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "uploaded_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("project_files_tenant_id_uploaded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("project_files_pkey")),
    )
    op.create_index("project_files_note_idx", "project_files", ["tenant_id", "note_id"])
    for statement in row_security("project_files"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("project_files")
    op.drop_constraint(op.f("project_notes_only_tasks_are_for_somebody"), "project_notes")
    op.drop_constraint(op.f("project_notes_tenant_id_for_id_fkey"), "project_notes")
    op.drop_column("project_notes", "for_id")
    op.drop_column("project_notes", "phase")
    _let_kinds_be(_KINDS)


def _let_kinds_be(kinds: str) -> None:
    op.drop_constraint(op.f("project_notes_kind_known"), "project_notes")
    op.create_check_constraint(op.f("project_notes_kind_known"), "project_notes", f"kind IN ({kinds})")
