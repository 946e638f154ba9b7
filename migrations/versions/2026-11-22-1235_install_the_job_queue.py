"""Install the job queue."""

from pathlib import Path

from alembic import op
from procrastinate.schema import SchemaManager

revision = "202611221235"
down_revision = "202611221230"
branch_labels = None
depends_on = None

# procrastinate ships its schema as steps named by version. This migration takes those up to here and no further; a newer
# procrastinate with new steps gets a migration of its own that takes the rest, so that old and new databases end alike.
NEWEST = "03.04.00_50"


def upgrade() -> None:
    # The driver's own connection: these files hold several statements each, and percent signs that stand for themselves.
    driver = op.get_bind().connection.driver_connection
    for step in sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql")):
        if step.name[: len(NEWEST)] <= NEWEST:
            driver.execute(step.read_text())


def downgrade() -> None:
    op.execute(
        """
        DO $$
        DECLARE statement text;
        BEGIN
            FOR statement IN
                SELECT format('DROP TABLE %s CASCADE', oid::regclass) FROM pg_class
                 WHERE relname LIKE 'procrastinate%' AND relkind = 'r'
                UNION ALL
                SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
                 WHERE proname LIKE 'procrastinate%'
            LOOP
                EXECUTE statement;
            END LOOP;
        END
        $$;
        DROP TYPE procrastinate_job_status, procrastinate_job_event_type CASCADE;
        DROP TYPE IF EXISTS procrastinate_job_to_defer_v1;
        """
    )
