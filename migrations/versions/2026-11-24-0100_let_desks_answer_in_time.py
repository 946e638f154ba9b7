"""How soon the desks of categories answer, and in which order what waits there is found."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611240100"
down_revision = "202611240401"
branch_labels = None
depends_on = None

_CLIMBED = "state = 'open' AND climbed_at IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "desk_settings",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("response_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("response_hours BETWEEN 1 AND 720", name=op.f("desk_settings_hours_in_reason")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("desk_settings_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("desk_settings_pkey")),
    )
    op.create_table(
        "category_desks",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("response_hours", sa.Integer(), nullable=True),
        sa.Column("reminded_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.CheckConstraint("response_hours BETWEEN 1 AND 720", name=op.f("category_desks_hours_in_reason")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("category_desks_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "category_id"],
            ["categories.tenant_id", "categories.id"],
            name=op.f("category_desks_tenant_id_category_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "category_id", name=op.f("category_desks_pkey")),
    )
    for table in ("desk_settings", "category_desks"):
        for statement in row_security(table):
            op.execute(statement)
    op.add_column("gigs", sa.Column("climbed_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("gigs_review_queue_idx", table_name="gigs")
    _index("gigs_review_queue_idx", "gigs", "category_id", "state_changed_at", where="state = 'in_review'")
    _index("gigs_climbed_idx", "gigs", "category_id", "climbed_at", where=_CLIMBED)
    _index("gig_edits_queue_idx", "gig_edits", "created_at", where="state = 'waiting'")
    _index("reports_of_gigs_idx", "reports", "created_at", where="state = 'open' AND subject_kind = 'gig'")
    _index("projects_planned_idx", "projects", "category_id", "state_changed_at", where="state = 'planning'")


def downgrade() -> None:
    op.drop_index("projects_planned_idx", table_name="projects")
    op.drop_index("reports_of_gigs_idx", table_name="reports")
    op.drop_index("gig_edits_queue_idx", table_name="gig_edits")
    op.drop_index("gigs_climbed_idx", table_name="gigs")
    op.drop_index("gigs_review_queue_idx", table_name="gigs")
    op.create_index(
        "gigs_review_queue_idx",
        "gigs",
        ["tenant_id", "category_id", "id"],
        postgresql_where=sa.text("state = 'in_review'"),
    )
    op.drop_column("gigs", "climbed_at")
    op.drop_table("category_desks")
    op.drop_table("desk_settings")


def _index(name: str, table: str, *columns: str, where: str) -> None:
    op.create_index(name, table, ["tenant_id", *columns, "id"], postgresql_where=sa.text(where))
