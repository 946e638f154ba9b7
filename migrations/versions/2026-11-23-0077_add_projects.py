"""A project of many independents: its roles are gigs, its offers become agreements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611230077"
down_revision = "202611230100"
branch_labels = None
depends_on = None

_TABLES = ("projects", "project_roles", "project_offers", "project_notes")


def upgrade() -> None:
    op.add_column("gigs", sa.Column("coordinator_id", sa.Uuid(), nullable=True))
    # The check of existing rows asks for a tenant; the new column is empty in all of them.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.create_foreign_key(
        op.f("gigs_tenant_id_coordinator_id_fkey"),
        "gigs",
        "members",
        ["tenant_id", "coordinator_id"],
        ["tenant_id", "id"],
    )
    op.create_index(
        "gigs_coordinator_idx",
        "gigs",
        ["tenant_id", "coordinator_id"],
        postgresql_where=sa.text("coordinator_id IS NOT NULL"),
    )
    _add_projects()
    _add_roles()
    _add_offers()
    _add_notes()
    for table in _TABLES:
        for statement in row_security(table):
            op.execute(statement)


def _add_projects() -> None:
    states = "'suggested', 'planning', 'offered', 'running', 'paused', 'finished', 'ended'"
    op.create_table(
        "projects",
        *_key("projects"),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("brief", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("budget", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("contingency", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("fee_points", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="suggested", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        *_moments("created_at"),
        *_moments("accepted_at", nullable=True),
        *_moments("state_changed_at"),
        *_moments("deadline_at", "remind_at", "reminded_at", nullable=True),
        sa.CheckConstraint(f"state IN ({states})", name=op.f("projects_state_known")),
        sa.CheckConstraint("settlement IN ('money', 'credits', 'none')", name=op.f("projects_settlement_known")),
        sa.CheckConstraint(
            "(settlement = 'money') = (currency IS NOT NULL)", name=op.f("projects_money_has_a_currency")
        ),
        sa.CheckConstraint("client_id <> coordinator_id", name=op.f("projects_two_different_people")),
        sa.CheckConstraint("budget >= 0 AND contingency >= 0", name=op.f("projects_budget_not_negative")),
        sa.CheckConstraint("fee_points BETWEEN 0 AND 3000", name=op.f("projects_fee_is_a_share")),
        *_to("projects", gig_id="gigs", category_id="categories", client_id="members", coordinator_id="members"),
    )
    op.create_index(
        "projects_one_per_gig_key",
        "projects",
        ["tenant_id", "gig_id"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('ended', 'finished')"),
    )
    for name in ("client", "coordinator", "category"):
        op.create_index(f"projects_{name}_idx", "projects", ["tenant_id", f"{name}_id", "state"])
    for name in ("deadline", "remind"):
        op.create_index(
            f"projects_{name}_idx",
            "projects",
            ["tenant_id", f"{name}_at"],
            postgresql_where=sa.text(f"{name}_at IS NOT NULL"),
        )


def _add_roles() -> None:
    op.create_table(
        "project_roles",
        *_key("project_roles"),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Text(), server_default="", nullable=False),
        sa.Column("waits_for_id", sa.Uuid(), nullable=True),
        sa.Column("round", sa.Integer(), server_default="0", nullable=False),
        sa.Column("accepted_round", sa.Integer(), nullable=True),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=True),
        *_moments("asked_at", "agreed_at", "dropped_at", nullable=True),
        sa.CheckConstraint(
            "(application_id IS NULL) = (worker_id IS NULL)", name=op.f("project_roles_one_person_in_view")
        ),
        sa.CheckConstraint("agreed_at IS NULL OR asked_at IS NOT NULL", name=op.f("project_roles_asked_before_agreed")),
        sa.CheckConstraint("waits_for_id IS NULL OR waits_for_id <> id", name=op.f("project_roles_waits_for_another")),
        *_to("project_roles", "CASCADE", project_id="projects", gig_id="gigs"),
        *_to(
            "project_roles",
            waits_for_id="project_roles",
            application_id="applications",
            worker_id="members",
        ),
        sa.UniqueConstraint("tenant_id", "gig_id", name=op.f("project_roles_tenant_id_gig_id_key")),
    )
    op.create_index("project_roles_project_idx", "project_roles", ["tenant_id", "project_id", "position"])
    op.create_index("project_roles_worker_idx", "project_roles", ["tenant_id", "worker_id"])


def _add_offers() -> None:
    states = "'open', 'accepted', 'countered', 'taken_back', 'lapsed'"
    op.create_table(
        "project_offers",
        *_key("project_offers"),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fee_points", sa.Integer(), server_default="0", nullable=False),
        sa.Column("contingency", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        *_moments("made_at"),
        *_moments("answered_at", nullable=True),
        sa.CheckConstraint(f"state IN ({states})", name=op.f("project_offers_state_known")),
        sa.CheckConstraint("fee_points BETWEEN 0 AND 3000", name=op.f("project_offers_fee_is_a_share")),
        sa.CheckConstraint(
            "total >= contingency AND contingency >= 0", name=op.f("project_offers_total_holds_the_contingency")
        ),
        *_to("project_offers", "CASCADE", project_id="projects"),
        sa.UniqueConstraint(
            "tenant_id", "project_id", "round", name=op.f("project_offers_tenant_id_project_id_round_key")
        ),
    )
    op.create_index(
        "project_offers_open_key",
        "project_offers",
        ["tenant_id", "project_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )


def _add_notes() -> None:
    op.create_table(
        "project_notes",
        *_key("project_notes"),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="update", nullable=False),
        sa.Column("readers", sa.Text(), server_default="everybody", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        *_moments("written_at"),
        *_moments("done_at", nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("kind IN ('update', 'decision', 'task')", name=op.f("project_notes_kind_known")),
        sa.CheckConstraint("readers IN ('everybody', 'team')", name=op.f("project_notes_readers_known")),
        sa.CheckConstraint("(done_by IS NULL) = (done_at IS NULL)", name=op.f("project_notes_done_by_somebody")),
        sa.CheckConstraint("kind = 'task' OR done_at IS NULL", name=op.f("project_notes_only_tasks_are_done")),
        *_to("project_notes", "CASCADE", project_id="projects"),
        *_to("project_notes", author_id="members", done_by="members"),
    )
    op.create_index("project_notes_project_idx", "project_notes", ["tenant_id", "project_id", "id"])


def _key(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"{table}_pkey")),
    )


def _to(table: str, ondelete: str | None = None, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["tenant_id", column],
            [f"{target}.tenant_id", f"{target}.id"],
            name=op.f(f"{table}_tenant_id_{column}_fkey"),
            ondelete=ondelete,
        )
        for column, target in targets.items()
    ]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=nullable) for name in names]


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_index("gigs_coordinator_idx", "gigs")
    op.drop_constraint(op.f("gigs_tenant_id_coordinator_id_fkey"), "gigs")
    op.drop_column("gigs", "coordinator_id")
