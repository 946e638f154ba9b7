"""Moderators' decisions stand in a log that only grows, and can be appealed to somebody else."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230050"
down_revision = "202611230040"
branch_labels = None
depends_on = None

_TABLES = ("measures", "appeals", "moderation_settings")
_MARKS = {"reviews": "hidden_at", "messages": "hidden_at", "vouches": "withheld_at"}
_REPORTED = ("'gig', 'member', 'message', 'review'", "'gig', 'member', 'message', 'review', 'vouch', 'application'")


def upgrade() -> None:
    op.add_column("members", sa.Column("restraints", sa.Text(), server_default="", nullable=False))
    for table, column in _MARKS.items():
        op.add_column(table, sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    _report_on(_REPORTED[1])
    _create_measures()
    _create_appeals()
    op.create_table(
        "moderation_settings",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("publishes_summary", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("moderation_settings_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("moderation_settings_pkey")),
    )
    for table in _TABLES:
        for statement in row_security(table):
            op.execute(statement)
    op.execute(
        """
        CREATE FUNCTION measures_stay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'what was decided is only added to' USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON measures FOR EACH STATEMENT EXECUTE FUNCTION measures_stay()"
    )


def downgrade() -> None:
    for table in reversed(_TABLES[1:]):
        op.drop_table(table)
    op.drop_table("measures")
    op.execute("DROP FUNCTION measures_stay()")
    here = op.get_bind()
    for tenant_id in here.execute(sa.text("SELECT id FROM tenants ORDER BY id")).scalars().all():
        here.execute(sa.text(f"SET LOCAL app.tenant_id = '{tenant_id}'"))
        here.execute(sa.text("DELETE FROM reports WHERE subject_kind IN ('vouch', 'application')"))
    _report_on(_REPORTED[0])
    for table, column in _MARKS.items():
        op.drop_column(table, column)
    op.drop_column("members", "restraints")


def _report_on(kinds: str) -> None:
    op.drop_constraint(op.f("reports_subject_known"), "reports")
    op.create_check_constraint(op.f("reports_subject_known"), "reports", f"subject_kind IN ({kinds})")


def _create_measures() -> None:
    op.create_table(
        "measures",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("deeds", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("lifts_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('warned', 'hidden', 'limited', 'suspended', 'removed', 'banned', 'lifted')",
            name=op.f("measures_kind_known"),
        ),
        sa.CheckConstraint("(kind = 'lifted') = (lifts_id IS NOT NULL)", name=op.f("measures_lifts_something")),
        sa.CheckConstraint(
            "(kind IN ('limited', 'suspended')) = (until IS NOT NULL)", name=op.f("measures_lasts_for_a_time")
        ),
        sa.CheckConstraint(
            "(kind IN ('limited', 'suspended')) = (deeds <> '{}')", name=op.f("measures_takes_something")
        ),
        sa.CheckConstraint("(kind = 'hidden') <= (subject_id IS NOT NULL)", name=op.f("measures_hides_something")),
        sa.CheckConstraint("rule <> '' AND why <> ''", name=op.f("measures_says_why")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("measures_tenant_id_fkey")),
        *_keys("measures", member_id="members", taken_by="members", report_id="reports", lifts_id="measures"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("measures_pkey")),
        sa.UniqueConstraint("tenant_id", "lifts_id", name=op.f("measures_tenant_id_lifts_id_key")),
    )
    op.create_index("measures_newest_idx", "measures", ["tenant_id", sa.text("id DESC")])
    op.create_index("measures_member_idx", "measures", ["tenant_id", "member_id", sa.text("id DESC")])
    for name, column in (("thing", "subject_id"), ("lasting", "until")):
        op.create_index(
            f"measures_{name}_idx", "measures", ["tenant_id", column], postgresql_where=sa.text(f"{column} IS NOT NULL")
        )


def _create_appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("state IN ('open', 'granted', 'refused')", name=op.f("appeals_state_known")),
        sa.CheckConstraint("(state = 'open') = (answered_by IS NULL)", name=op.f("appeals_answered_by_somebody")),
        sa.CheckConstraint(
            "answered_by <> decided_by AND answered_by <> member_id", name=op.f("appeals_answered_by_somebody_else")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("appeals_tenant_id_fkey")),
        *_keys("appeals", measure_id="measures", member_id="members", decided_by="members", answered_by="members"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("appeals_pkey")),
        sa.UniqueConstraint("tenant_id", "measure_id", name=op.f("appeals_tenant_id_measure_id_key")),
    )
    op.create_index("appeals_queue_idx", "appeals", ["tenant_id", "id"], postgresql_where=sa.text("state = 'open'"))


def _keys(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["tenant_id", column],
            [f"{target}.tenant_id", f"{target}.id"],
            name=op.f(f"{table}_tenant_id_{column}_fkey"),
        )
        for column, target in targets.items()
    ]
