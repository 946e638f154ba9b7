"""What each booking was about, how much of a payment is tax, where its invoice is, and fees that banks take back."""

import sqlalchemy as sa
from alembic import op

revision = "202611230060"
down_revision = "202611230050"
branch_labels = None
depends_on = None

_BOOKS, _FEES = "ledger_transactions", "gig_purchases"


def upgrade() -> None:
    op.add_column(_BOOKS, sa.Column("about_kind", sa.Text(), nullable=True))
    op.add_column(_BOOKS, sa.Column("about_id", sa.Uuid(), nullable=True))
    op.add_column(_BOOKS, sa.Column("title", sa.Text(), server_default="", nullable=False))
    known = "about_kind IS NULL OR about_kind IN ('agreement', 'gig', 'tier')"
    op.create_check_constraint(op.f("ledger_transactions_about_is_known"), _BOOKS, known)
    for table in (_FEES, "membership_payments"):
        op.add_column(table, sa.Column("tax", sa.BigInteger(), server_default="0", nullable=False))
    for table in (_FEES, "membership_payments", "payments"):
        op.add_column(table, sa.Column("page_url", sa.Text(), server_default="", nullable=False))
    op.add_column(_FEES, sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=True))
    _states("'open', 'paid', 'closed', 'given_back', 'disputed', 'lost'")
    rule = "(state = 'disputed') = (disputed_at IS NOT NULL)"
    op.create_check_constraint(op.f("gig_purchases_disputed_since_a_moment"), _FEES, rule)


def _states(listed: str) -> None:
    op.drop_constraint(op.f("gig_purchases_state_known"), _FEES, type_="check")
    op.create_check_constraint(op.f("gig_purchases_state_known"), _FEES, f"state IN ({listed})")


def downgrade() -> None:
    op.drop_constraint(op.f("gig_purchases_disputed_since_a_moment"), _FEES, type_="check")
    _states("'open', 'paid', 'closed', 'given_back'")
    op.drop_column(_FEES, "disputed_at")
    for table in (_FEES, "membership_payments", "payments"):
        op.drop_column(table, "page_url")
    for table in (_FEES, "membership_payments"):
        op.drop_column(table, "tax")
    op.drop_constraint(op.f("ledger_transactions_about_is_known"), _BOOKS, type_="check")
    for name in ("title", "about_id", "about_kind"):
        op.drop_column(_BOOKS, name)
