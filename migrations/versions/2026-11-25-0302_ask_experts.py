"""Members ask a category's experts; questions and answers can be reported."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250302"
down_revision = "202611250701"
branch_labels = None
depends_on = None

_TABLE = "expert_questions"
_STATES = "'open', 'taken', 'passed_on', 'answered', 'withdrawn', 'lapsed'"
_BEFORE = "'gig', 'member', 'message', 'review', 'vouch', 'application', 'project_review', 'kudos'"
_INDEXES = {
    "waiting": (("category_id", "asked_at", "id"), "state IN ('open', 'taken', 'passed_on')"),
    "at_desk": (("category_id", "state_changed_at", "id"), "state = 'passed_on'"),
    "published": (("category_id", "answered_at", "id"), "state = 'answered' AND NOT is_private AND hidden_at IS NULL"),
    "gig": (("gig_id",), "gig_id IS NOT NULL"),
    "answered": (("answered_by", "category_id"), "answered_by IS NOT NULL"),
    "held": (("holder_id",), "holder_id IS NOT NULL"),
    "remind": (("remind_at",), "remind_at IS NOT NULL"),
    "deadline": (("deadline_at",), "deadline_at IS NOT NULL"),
}


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("gig_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("is_private", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_helped", sa.Boolean(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f(f"{_TABLE}_state_known")),
        sa.CheckConstraint("(state = 'taken') = (holder_id IS NOT NULL)", name=op.f(f"{_TABLE}_held_while_taken")),
        sa.CheckConstraint(
            "(state = 'answered') = (answered_by IS NOT NULL)", name=op.f(f"{_TABLE}_answered_by_somebody")
        ),
        sa.CheckConstraint("has_helped IS NULL OR state = 'answered'", name=op.f(f"{_TABLE}_helped_by_an_answer")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{_TABLE}_tenant_id_fkey")),
        _key("member_id", "members"),
        _key("holder_id", "members"),
        _key("answered_by", "members"),
        _key("category_id", "categories", "CASCADE"),
        _key("gig_id", "gigs", "CASCADE"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"{_TABLE}_pkey")),
    )
    for statement in row_security(_TABLE):
        op.execute(statement)
    for name, (columns, where) in _INDEXES.items():
        op.create_index(f"{_TABLE}_{name}_idx", _TABLE, ["tenant_id", *columns], postgresql_where=sa.text(where))
    op.create_index(f"{_TABLE}_member_idx", _TABLE, ["tenant_id", "member_id", "asked_at"])
    _report_about(f"{_BEFORE}, 'question', 'answer'")


def downgrade() -> None:
    # Reports of what is no more stay as they are: nobody but their own marketplace may remove them.
    _report_about(_BEFORE, postgresql_not_valid=True)
    op.drop_table(_TABLE)


def _report_about(kinds: str, **options: bool) -> None:
    op.drop_constraint(op.f("reports_subject_known"), "reports", type_="check")
    op.create_check_constraint(op.f("reports_subject_known"), "reports", f"subject_kind IN ({kinds})", **options)


def _key(column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"{_TABLE}_tenant_id_{column}_fkey"),
        ondelete=ondelete,
    )
