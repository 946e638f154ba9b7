"""Refunds that fail after they were made, transfers that are reversed by hand, and debts kept from what is earned next."""

import sqlalchemy as sa
from alembic import op

revision = "202611230010"
down_revision = "202611222350"
branch_labels = None
depends_on = None

_SHARES, _REFUNDS = "payment_shares", "payment_refunds"


def upgrade() -> None:
    op.add_column(_SHARES, sa.Column("kept", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column(_SHARES, sa.Column("again", sa.Integer(), server_default="0", nullable=False))
    _check(_SHARES, "no_more_back_than_sent", "reversed BETWEEN 0 AND sent")
    _check(_SHARES, "no_more_lost_than_had", "lost BETWEEN 0 AND sent + kept", is_new=True)
    _check(_SHARES, "no_more_kept_than_given", "kept BETWEEN 0 AND amount OR reversed > 0", is_new=True)
    states = "state IN ('asked', 'done', 'overtaken', 'failed', 'resent', 'outside')"
    _check(_REFUNDS, "state_known", states)
    _check(_REFUNDS, "done_by_a_refund", "state IN ('asked', 'overtaken') OR refund_id IS NOT NULL")
    _check(_REFUNDS, "asked_of_nobody_yet", "state <> 'asked' OR refund_id IS NULL", is_new=True)
    op.create_index(
        "payment_refunds_failed_idx", _REFUNDS, ["tenant_id", "id"], postgresql_where=sa.text("state = 'failed'")
    )


def _check(table: str, name: str, condition: str, *, is_new: bool = False) -> None:
    known = op.f(f"{table}_{name}")
    if not is_new:
        op.drop_constraint(known, table, type_="check")
    op.create_check_constraint(known, table, condition)


def downgrade() -> None:
    op.drop_index("payment_refunds_failed_idx", _REFUNDS)
    op.drop_constraint(op.f(f"{_REFUNDS}_asked_of_nobody_yet"), _REFUNDS, type_="check")
    _check(_REFUNDS, "done_by_a_refund", "(state = 'done') = (refund_id IS NOT NULL)")
    _check(_REFUNDS, "state_known", "state IN ('asked', 'done', 'overtaken')")
    op.drop_constraint(op.f(f"{_SHARES}_no_more_kept_than_given"), _SHARES, type_="check")
    op.drop_constraint(op.f(f"{_SHARES}_no_more_lost_than_had"), _SHARES, type_="check")
    _check(_SHARES, "no_more_back_than_sent", "reversed >= 0 AND lost >= 0 AND reversed + lost <= sent")
    op.drop_column(_SHARES, "again")
    op.drop_column(_SHARES, "kept")
