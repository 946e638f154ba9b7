"""What a membership is needed for, the days of grace, and roles for those who come for others' work or look for people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611222210"
down_revision = "202611222103"
branch_labels = None
depends_on = None

_ROLES = "'leader', 'admin', 'moderator', 'category_leader', 'expert', 'member', 'manager'"


def upgrade() -> None:
    op.add_column(
        "tenants",
        sa.Column(
            "membership_needs", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.add_column("tenants", sa.Column("grace_days", sa.Integer(), server_default="7", nullable=False))
    op.add_column("tenants", sa.Column("after_lapse", sa.Text(), server_default="others", nullable=False))
    op.create_check_constraint(
        op.f("tenants_after_lapse_known"), "tenants", "after_lapse IN ('others', 'see', 'nothing')"
    )
    op.create_check_constraint(op.f("tenants_grace_days_known"), "tenants", "grace_days BETWEEN 0 AND 14")
    _let_roles_be(f"{_ROLES}, 'customer', 'recruiter'")


def downgrade() -> None:
    # Of all tenants at once: for the owner, row-level security steps aside.
    op.execute("ALTER TABLE roles NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM roles WHERE role IN ('customer', 'recruiter')")
    op.execute("ALTER TABLE roles FORCE ROW LEVEL SECURITY")
    _let_roles_be(_ROLES)
    op.drop_column("tenants", "after_lapse")
    op.drop_column("tenants", "grace_days")
    op.drop_column("tenants", "membership_needs")


def _let_roles_be(roles: str) -> None:
    op.drop_constraint(op.f("roles_role_known"), "roles", type_="check")
    op.create_check_constraint(op.f("roles_role_known"), "roles", f"role IN ({roles})")
