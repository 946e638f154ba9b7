"""The names of a gig's skills on its own row: a list of gigs looks nothing up for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "202611221710"
down_revision = "202611221705"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("needs", "gains"):
        op.add_column("gigs", sa.Column(name, postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    here = op.get_bind()
    for tenant_id in here.execute(sa.text("SELECT id FROM tenants ORDER BY id")).scalars().all():
        here.execute(sa.text(f"SET LOCAL app.tenant_id = '{tenant_id}'"))
        here.execute(
            sa.text(
                """
                UPDATE gigs SET needs = COALESCE(named.needs, '{}'), gains = COALESCE(named.gains, '{}')
                  FROM (SELECT gig_id,
                               array_agg(name ORDER BY position) FILTER (WHERE relation = 'needed') AS needs,
                               array_agg(name ORDER BY position) FILTER (WHERE relation = 'gained') AS gains
                          FROM gig_skills JOIN skills ON skills.tenant_id = gig_skills.tenant_id AND skills.id = skill_id
                         GROUP BY gig_id) AS named
                 WHERE gigs.id = named.gig_id
                """
            )
        )


def downgrade() -> None:
    for name in ("needs", "gains"):
        op.drop_column("gigs", name)
