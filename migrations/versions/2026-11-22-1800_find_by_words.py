"""The search's own rows, and the view that alone may look for words across them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611221800"
down_revision = "202611221710"
branch_labels = None
depends_on = None

OWNER = "guildhall_search_owner"
COLUMNS = "tenant_id, kind, subject_id, fresh_at, has_room, words"


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("fresh_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_room", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("search_entries_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "subject_id", name=op.f("search_entries_pkey")),
    )
    # Words are read whenever they are looked for: they stay in the row itself, however many they are.
    op.execute("ALTER TABLE search_entries SET (toast_tuple_target = 8160)")
    op.create_index("search_entries_words_idx", "search_entries", ["words"], unique=False, postgresql_using="gin")
    op.create_table(
        "search_words",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("word", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("search_words_tenant_id_fkey")),
        sa.PrimaryKeyConstraint("tenant_id", "word", name=op.f("search_words_pkey")),
    )
    for table in ("search_entries", "search_words"):
        for statement in row_security(table):
            op.execute(statement)

    # Operators that look for words may not run before row-level security has chosen the rows, so no index of words would
    # ever be used. One owner reads past it, inside a view that names the tenant itself.
    op.execute(f"CREATE POLICY search ON search_entries FOR SELECT TO {OWNER} USING (true)")
    op.execute(f"GRANT SELECT ({COLUMNS}) ON search_entries TO {OWNER}")
    op.execute(
        f"""
        CREATE VIEW searchable AS
        SELECT {COLUMNS} FROM search_entries WHERE tenant_id = current_setting('app.tenant_id')::bigint
        """
    )
    op.execute("REVOKE INSERT, UPDATE, DELETE ON searchable FROM guildhall_app, guildhall_operator")
    # A new owner must be allowed to make what it is given; for the length of this transaction.
    op.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}")
    op.execute(f"ALTER VIEW searchable OWNER TO {OWNER}")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {OWNER}")

    # What is there already is made findable by the worker.
    op.execute(
        """
        SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'search.renew_everywhere', 0, NULL, NULL, '{}'::jsonb, NULL)
                                                 ::procrastinate_job_to_defer_v1])
        """
    )


def downgrade() -> None:
    # The schema's owner may drop what is in it, whosever it is.
    op.execute("DROP VIEW searchable")
    op.drop_table("search_words")
    op.drop_table("search_entries")
