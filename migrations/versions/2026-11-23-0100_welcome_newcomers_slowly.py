"""What new members may in their first days, and which gigs are looked at before others see them."""

import sqlalchemy as sa
from alembic import op

revision = "202611230100"
down_revision = "202611230070"
branch_labels = None
depends_on = None

_NUMBERS = {"new_days": "0", "new_gigs": "5", "new_talks": "10", "most_links": "5"}


def upgrade() -> None:
    op.add_column(
        "moderation_settings", sa.Column("looks_at_first", sa.Boolean(), server_default="false", nullable=False)
    )
    for name, usual in _NUMBERS.items():
        op.add_column("moderation_settings", sa.Column(name, sa.Integer(), server_default=usual, nullable=False))
    op.create_check_constraint(
        op.f("moderation_settings_limits_not_negative"),
        "moderation_settings",
        "new_days >= 0 AND new_gigs > 0 AND new_talks > 0 AND most_links >= 0",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("moderation_settings_limits_not_negative"), "moderation_settings")
    for name in ("looks_at_first", *_NUMBERS):
        op.drop_column("moderation_settings", name)
