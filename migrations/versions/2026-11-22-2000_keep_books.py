"""The books, what is asked of Stripe and told by it, and marketplaces' accounts there."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from tenants.isolation import row_security

revision = "202611222000"
down_revision = "202611221935"
branch_labels = None
depends_on = None

_HERE = "current_setting('app.tenant_id')::bigint"
_TENANT_TABLES = ("operations", "ledger_transactions", "ledger_entries", "connections")
_BOOKS = ("ledger_transactions", "ledger_entries")


def upgrade() -> None:
    _add_operations()
    _add_connections()
    _add_inbox()
    _add_ledger()
    for table in _TENANT_TABLES:
        for statement in row_security(table):
            op.execute(statement)
    _guard_the_books()


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_a_tenant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey"))


def _add_operations() -> None:
    op.create_table(
        "operations",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="begun", nullable=False),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        _moment("begun_at"),
        _moment("ended_at", nullable=True),
        sa.CheckConstraint("state IN ('begun', 'done', 'refused')", name=op.f("operations_state_known")),
        sa.CheckConstraint("(state = 'done') = (object_id IS NOT NULL)", name=op.f("operations_object_when_done")),
        _of_a_tenant("operations"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("operations_pkey")),
    )
    op.create_index(
        "operations_once_idx",
        "operations",
        ["tenant_id", "kind", "subject"],
        unique=True,
        postgresql_where=sa.text("state <> 'refused'"),
    )


def _add_connections() -> None:
    op.create_table(
        "stripe_owners",
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        _of_a_tenant("stripe_owners"),
        sa.PrimaryKeyConstraint("object_id", name=op.f("stripe_owners_pkey")),
    )
    op.create_index("stripe_owners_tenant_id_idx", "stripe_owners", ["tenant_id"])
    # As addresses are: whose an object is, must be known before a tenant is; only the tenant itself can say so.
    for statement in (
        "ALTER TABLE stripe_owners ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE stripe_owners FORCE ROW LEVEL SECURITY",
        "CREATE POLICY readable ON stripe_owners FOR SELECT USING (true)",
        f"CREATE POLICY insert_own ON stripe_owners FOR INSERT WITH CHECK (tenant_id = {_HERE})",
        f"CREATE POLICY update_own ON stripe_owners FOR UPDATE USING (tenant_id = {_HERE}) WITH CHECK (tenant_id = {_HERE})",
        f"CREATE POLICY delete_own ON stripe_owners FOR DELETE USING (tenant_id = {_HERE})",
    ):
        op.execute(statement)
    op.create_table(
        "connections",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("details_submitted", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("charges_enabled", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("payouts_enabled", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("due", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("pending", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("disabled_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        _moment("begun_at"),
        _moment("synced_at", nullable=True),
        _moment("disconnected_at", nullable=True),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("connections_country_is_a_code")),
        sa.CheckConstraint(
            "NOT charges_enabled OR disconnected_at IS NULL", name=op.f("connections_a_lost_account_charges_nothing")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "begun_by"],
            ["members.tenant_id", "members.id"],
            name=op.f("connections_tenant_id_begun_by_fkey"),
        ),
        _of_a_tenant("connections"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("connections_pkey")),
    )
    op.create_index(
        "connections_one_idx",
        "connections",
        ["tenant_id"],
        unique=True,
        postgresql_where=sa.text("disconnected_at IS NULL"),
    )


def _add_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        _moment("created_at"),
        _moment("received_at"),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        _moment("ended_at", nullable=True),
        sa.CheckConstraint("source IN ('platform', 'connect', 'payments')", name=op.f("inbox_source_known")),
        sa.CheckConstraint("state IN ('waiting', 'done', 'ignored', 'failed')", name=op.f("inbox_state_known")),
        sa.PrimaryKeyConstraint("source", "event_id", name=op.f("inbox_pkey")),
    )
    op.create_index(
        "inbox_unfinished_idx",
        "inbox",
        ["received_at"],
        postgresql_where=sa.text("state IN ('waiting', 'failed')"),
    )


def _add_ledger() -> None:
    op.create_table(
        "ledger_transactions",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        _moment("happened_at"),
        _moment("recorded_at"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ledger_transactions_currency_is_a_code")),
        sa.CheckConstraint("entry_count >= 2", name=op.f("ledger_transactions_at_least_two_entries")),
        _of_a_tenant("ledger_transactions"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("ledger_transactions_pkey")),
        sa.UniqueConstraint("tenant_id", "source", name=op.f("ledger_transactions_tenant_id_source_key")),
        sa.UniqueConstraint("tenant_id", "id", "currency", name=op.f("ledger_transactions_tenant_id_id_currency_key")),
    )
    op.create_index("ledger_transactions_when_idx", "ledger_transactions", ["tenant_id", "happened_at", "id"])
    op.create_table(
        "ledger_entries",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ledger_entries_amount_not_zero")),
        sa.CheckConstraint("account ~ '^[a-z]+([.][a-z]+)*$'", name=op.f("ledger_entries_account_is_a_name")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "transaction_id", "currency"],
            ["ledger_transactions.tenant_id", "ledger_transactions.id", "ledger_transactions.currency"],
            name=op.f("ledger_entries_tenant_id_transaction_id_currency_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "party_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("ledger_entries_tenant_id_party_id_fkey"),
        ),
        _of_a_tenant("ledger_entries"),
        sa.PrimaryKeyConstraint("tenant_id", "transaction_id", "position", name=op.f("ledger_entries_pkey")),
    )
    op.create_index(
        "ledger_entries_account_idx", "ledger_entries", ["tenant_id", "account", "currency", "transaction_id"]
    )
    op.create_index("ledger_entries_party_idx", "ledger_entries", ["tenant_id", "party_id", "transaction_id"])


def _guard_the_books() -> None:
    """Let the database hold what the books promise: appended to only, whole, and summing to zero at every commit."""
    op.execute(
        """
        CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the ledger is only appended to' USING ERRCODE = 'restrict_violation';
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
        DECLARE
            wanted integer;
            found integer;
            total numeric;
            about uuid := CASE TG_TABLE_NAME WHEN 'ledger_entries' THEN to_jsonb(NEW)->>'transaction_id'
                                                   ELSE to_jsonb(NEW)->>'id' END;
        BEGIN
            SELECT entry_count INTO wanted FROM ledger_transactions
             WHERE tenant_id = NEW.tenant_id AND id = about;
            SELECT count(*), coalesce(sum(amount), 0) INTO found, total FROM ledger_entries
             WHERE tenant_id = NEW.tenant_id AND transaction_id = about;
            IF total <> 0 THEN
                RAISE EXCEPTION 'ledger transaction % does not sum to zero', about USING ERRCODE = 'check_violation';
            ELSIF found IS DISTINCT FROM wanted THEN
                RAISE EXCEPTION 'ledger transaction % has % entries, not %', about, found, wanted
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for table in _BOOKS:
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays()"
        )
        op.execute(
            f"CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION ledger_balances()"
        )
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM guildhall_app, guildhall_operator")


def downgrade() -> None:
    for table in ("ledger_entries", "ledger_transactions", "inbox", "connections", "stripe_owners", "operations"):
        op.drop_table(table)
    op.execute("DROP FUNCTION ledger_balances()")
    op.execute("DROP FUNCTION ledger_stays()")
