"""Experts are vetted: what a category settles about it, requests, what is decided of them, and what comes of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from tenants.isolation import row_security

revision = "202611240201"
down_revision = "202611240402"
branch_labels = None
depends_on = None

_TABLES = ("benches", "vettings", "vetting_papers", "vetting_opinions", "expertises")
_STATES = "'open', 'tied', 'granted', 'refused', 'withdrawn', 'lapsed'"
_FOR_WHAT = ["tenant_id", "member_id", "category_id", "skill_id"]


def upgrade() -> None:
    op.add_column("terms_of_office", sa.Column("vetted", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    _table(
        "benches",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("levels", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("months", sa.Integer(), server_default="24", nullable=False),
        sa.Column("wants", sa.Text(), server_default="", nullable=False),
        sa.Column("is_open", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.CheckConstraint("months BETWEEN 1 AND 60", name=op.f("benches_months_in_bounds")),
        sa.UniqueConstraint("tenant_id", "category_id", name=op.f("benches_tenant_id_category_id_key")),
        _key("benches", "category_id", "categories"),
    )
    _table(
        "vettings",
        *_about(),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("links", ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted_level", sa.Text(), server_default="", nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("vettings_state_known")),
        *_keys("vettings"),
    )
    _index("vettings_waiting_key", "vettings", _FOR_WHAT, "state IN ('open', 'tied')", unique=True)
    op.create_index("vettings_category_idx", "vettings", ["tenant_id", "category_id", "state", "asked_at"])
    for name in ("remind", "deadline"):
        _index(f"vettings_{name}_idx", "vettings", ["tenant_id", f"{name}_at"], f"{name}_at IS NOT NULL")
    _table(
        "vetting_papers",
        sa.Column("vetting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        _key("vetting_papers", "vetting_id", "vettings"),
    )
    op.create_index("vetting_papers_vetting_idx", "vetting_papers", ["tenant_id", "vetting_id"])
    _table(
        "vetting_opinions",
        sa.Column("vetting_id", sa.Uuid(), nullable=False),
        sa.Column("decider_id", sa.Uuid(), nullable=False),
        sa.Column("says_yes", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("worked_together", sa.Text(), server_default="", nullable=False),
        sa.Column("settles", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("says_yes OR level = ''", name=op.f("vetting_opinions_no_has_no_level")),
        sa.UniqueConstraint(
            "tenant_id", "vetting_id", "decider_id", name=op.f("vetting_opinions_tenant_id_vetting_id_decider_id_key")
        ),
        _key("vetting_opinions", "vetting_id", "vettings"),
        _key("vetting_opinions", "decider_id", "members", ondelete=None),
    )
    _table(
        "expertises",
        *_about(),
        sa.Column("vetting_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=True),
        sa.CheckConstraint("valid_until >= since", name=op.f("expertises_span_in_order")),
        *_keys("expertises"),
        _key("expertises", "vetting_id", "vettings"),
    )
    _index("expertises_running_key", "expertises", _FOR_WHAT, "ended_at IS NULL", unique=True)
    _index("expertises_category_idx", "expertises", ["tenant_id", "category_id"], "ended_at IS NULL")
    _index("expertises_ends_idx", "expertises", ["tenant_id", "valid_until"], "ended_at IS NULL")
    op.create_index("expertises_vetting_idx", "expertises", ["tenant_id", "vetting_id"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_column("terms_of_office", "vetted")


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{name}_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"{name}_pkey")),
    )
    for statement in row_security(name):
        op.execute(statement)


def _about() -> list[sa.Column[object]]:
    return [
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Uuid(), nullable=True),
    ]


def _keys(table: str) -> list[sa.ForeignKeyConstraint]:
    targets = {"member_id": "members", "category_id": "categories", "skill_id": "skills"}
    return [_key(table, column, target) for column, target in targets.items()]


def _key(table: str, column: str, target: str, ondelete: str | None = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"{table}_tenant_id_{column}_fkey"),
        ondelete=ondelete,
    )


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    alike = {"postgresql_nulls_not_distinct": True} if unique else {}
    op.create_index(name, table, columns, unique=unique, postgresql_where=sa.text(where), **alike)
