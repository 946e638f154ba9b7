"""Who knows whom: pairs of members who finished work together, or of whom one asked the other in."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611221900"
down_revision = "202611221820"
branch_labels = None
depends_on = None

_FROM_WHAT_EXISTS = """
    WITH finished AS (
        SELECT client_id, worker_id, coalesce(accepted_at, state_changed_at) AS at
          FROM agreements WHERE accepted_at IS NOT NULL OR outcome = 'finished'
    ), invited AS (
        SELECT invited_by, accepted_by, accepted_at FROM invitations
         WHERE invited_by IS NOT NULL AND accepted_by IS NOT NULL AND invited_by <> accepted_by
    ), facts AS (
        SELECT client_id AS member_id, worker_id AS other_id, 1 AS worked, at AS worked_at,
               CAST(NULL AS uuid) AS inviter_id, at AS since FROM finished
         UNION ALL SELECT worker_id, client_id, 1, at, NULL, at FROM finished
         UNION ALL SELECT invited_by, accepted_by, 0, NULL, invited_by, accepted_at FROM invited
         UNION ALL SELECT accepted_by, invited_by, 0, NULL, invited_by, accepted_at FROM invited
    )
    INSERT INTO acquaintances (tenant_id, member_id, other_id, worked, worked_at, inviter_id, since)
    SELECT CAST(current_setting('app.tenant_id') AS bigint), facts.member_id, facts.other_id, sum(worked), max(worked_at),
           (array_agg(inviter_id ORDER BY facts.since) FILTER (WHERE inviter_id IS NOT NULL))[1], min(facts.since)
      FROM facts
      JOIN members AS here ON here.id = facts.member_id AND here.standing = 'active'
      JOIN members AS there ON there.id = facts.other_id AND there.standing = 'active'
     GROUP BY facts.member_id, facts.other_id
"""


def upgrade() -> None:
    op.create_table(
        "acquaintances",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("worked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inviter_id", sa.Uuid(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("member_id <> other_id", name=op.f("acquaintances_two_different_people")),
        sa.CheckConstraint("inviter_id IN (member_id, other_id)", name=op.f("acquaintances_one_of_them_invited")),
        sa.CheckConstraint("worked > 0 OR inviter_id IS NOT NULL", name=op.f("acquaintances_somehow_known")),
        sa.CheckConstraint("(worked > 0) = (worked_at IS NOT NULL)", name=op.f("acquaintances_worked_at_some_time")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("acquaintances_tenant_id_fkey")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("acquaintances_tenant_id_member_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "other_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("acquaintances_tenant_id_other_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "member_id", "other_id", name=op.f("acquaintances_pkey")),
    )
    for statement in row_security("acquaintances"):
        op.execute(statement)
    here = op.get_bind()
    for tenant_id in here.execute(sa.text("SELECT id FROM tenants ORDER BY id")).scalars().all():
        here.execute(sa.text(f"SET LOCAL app.tenant_id = '{tenant_id}'"))
        here.execute(sa.text(_FROM_WHAT_EXISTS))


def downgrade() -> None:
    op.drop_table("acquaintances")
