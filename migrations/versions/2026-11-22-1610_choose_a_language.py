"""A member chooses a language; a hall and a member only know languages that the product speaks."""

import sqlalchemy as sa
from alembic import op

revision = "202611221610"
down_revision = "202611221605"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("locale", sa.Text(), server_default="", nullable=False))
    # The check of existing rows asks for a tenant; the new column is empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.create_check_constraint(op.f("members_locale_known"), "members", "locale IN ('', 'en', 'de', 'es', 'ar')")
    op.create_check_constraint(op.f("tenants_locale_known"), "tenants", "locale IN ('en', 'de', 'es', 'ar')")


def downgrade() -> None:
    op.drop_constraint(op.f("tenants_locale_known"), "tenants")
    op.drop_constraint(op.f("members_locale_known"), "members")
    op.drop_column("members", "locale")
