"""A member's unread messages are counted on their row, which every request reads first."""

import sqlalchemy as sa
from alembic import op

revision = "202611221700"
down_revision = "202611221655"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("unread_messages", sa.Integer(), server_default="0", nullable=False))
    here = op.get_bind()
    for tenant_id in here.execute(sa.text("SELECT id FROM tenants ORDER BY id")).scalars().all():
        here.execute(sa.text(f"SET LOCAL app.tenant_id = '{tenant_id}'"))
        here.execute(
            sa.text(
                """
                UPDATE members SET unread_messages = counted.unread
                  FROM (SELECT tenant_id, member_id, sum(unread) AS unread FROM thread_marks
                         WHERE unread > 0 GROUP BY tenant_id, member_id) AS counted
                 WHERE members.tenant_id = counted.tenant_id AND members.id = counted.member_id
                """
            )
        )


def downgrade() -> None:
    op.drop_column("members", "unread_messages")
