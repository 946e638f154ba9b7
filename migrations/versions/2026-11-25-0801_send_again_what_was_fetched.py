"""A share of which everything was fetched back by hand leaves anew, also when a part of it had been lost before."""

import sqlalchemy as sa
from alembic import op

revision = "202611250801"
down_revision = "202611250602"
branch_labels = None
depends_on = None

_SHARES = "payment_shares"


def upgrade() -> None:
    _hold_to("lost BETWEEN 0 AND sent + kept OR again > 0")


def downgrade() -> None:
    _hold_to("lost BETWEEN 0 AND sent + kept")


def _hold_to(condition: str) -> None:
    named = op.f(f"{_SHARES}_no_more_lost_than_had")
    op.drop_constraint(named, _SHARES, type_="check")
    op.create_check_constraint(named, _SHARES, sa.text(condition))
