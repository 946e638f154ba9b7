"""Time credits: a marketplace's rules for them, everybody's accounts, and the transfers between these."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611222217"
down_revision = "202611222215"
branch_labels = None
depends_on = None

_TABLES = ("credit_rules", "credit_accounts", "credit_transfers")


def upgrade() -> None:
    _add_rules()
    _add_accounts()
    _add_transfers()
    for table in _TABLES:
        for statement in row_security(table):
            op.execute(statement)
    _guard()


def _of_a_tenant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey"))


def _points_at(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_tenant_id_{column}_fkey")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], name=name)


def _add_rules() -> None:
    op.create_table(
        "credit_rules",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("opening_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("may_owe_minutes", sa.Integer(), server_default="1200", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("opening_minutes >= 0", name=op.f("credit_rules_opening_not_negative")),
        sa.CheckConstraint("may_owe_minutes >= 0", name=op.f("credit_rules_may_owe_not_negative")),
        _of_a_tenant("credit_rules"),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("credit_rules_pkey")),
    )


def _add_accounts() -> None:
    op.create_table(
        "credit_accounts",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("balance", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("may_owe", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('hall', 'member', 'held')", name=op.f("credit_accounts_kind_known")),
        sa.CheckConstraint(
            "(kind = 'hall') = (member_id IS NULL)", name=op.f("credit_accounts_a_member_s_unless_the_hall_s")
        ),
        sa.CheckConstraint("kind <> 'held' OR balance >= 0", name=op.f("credit_accounts_nothing_unreserved_is_given")),
        sa.CheckConstraint("may_owe >= 0", name=op.f("credit_accounts_may_owe_not_negative")),
        _points_at("credit_accounts", "member_id", "members"),
        _of_a_tenant("credit_accounts"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("credit_accounts_pkey")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "member_id",
            name=op.f("credit_accounts_tenant_id_kind_member_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def _add_transfers() -> None:
    op.create_table(
        "credit_transfers",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('opening', 'reserve', 'release', 'give', 'return', 'correction', 'departure')",
            name=op.f("credit_transfers_kind_known"),
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("credit_transfers_minutes_positive")),
        sa.CheckConstraint("from_id <> to_id", name=op.f("credit_transfers_two_accounts")),
        _points_at("credit_transfers", "from_id", "credit_accounts"),
        _points_at("credit_transfers", "to_id", "credit_accounts"),
        _points_at("credit_transfers", "agreement_id", "agreements"),
        _points_at("credit_transfers", "by_id", "members"),
        _of_a_tenant("credit_transfers"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("credit_transfers_pkey")),
        sa.UniqueConstraint("tenant_id", "source", name=op.f("credit_transfers_tenant_id_source_key")),
    )
    for side in ("from_id", "to_id"):
        op.create_index(f"credit_transfers_{side}_idx", "credit_transfers", ["tenant_id", side, "id"])
    op.create_index(
        "credit_transfers_agreement_idx",
        "credit_transfers",
        ["tenant_id", "agreement_id"],
        postgresql_where=sa.text("agreement_id IS NOT NULL"),
    )


def _guard() -> None:
    """Let the database alone move balances, and only by transfers: so they sum to zero, whoever writes them."""
    op.execute(
        """
        CREATE FUNCTION credit_moves() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            -- In one order, so that two transfers between the same people do not wait for each other.
            PERFORM 1 FROM credit_accounts
              WHERE tenant_id = NEW.tenant_id AND id IN (NEW.from_id, NEW.to_id) ORDER BY id FOR UPDATE;
            IF EXISTS (SELECT 1 FROM credit_accounts WHERE tenant_id = NEW.tenant_id AND id = NEW.from_id
                          AND kind = 'member' AND balance - NEW.minutes < -may_owe AND NEW.kind <> 'departure') THEN
                RAISE EXCEPTION 'more than this account may owe' USING ERRCODE = 'check_violation';
            END IF;
            UPDATE credit_accounts
               SET balance = balance + CASE id WHEN NEW.to_id THEN NEW.minutes ELSE -NEW.minutes END,
                   moved_at = NEW.happened_at
             WHERE tenant_id = NEW.tenant_id AND id IN (NEW.from_id, NEW.to_id);
            RETURN NULL;
        END $$
        """
    )
    op.execute("REVOKE ALL ON FUNCTION credit_moves() FROM PUBLIC")
    op.execute("CREATE TRIGGER moves AFTER INSERT ON credit_transfers FOR EACH ROW EXECUTE FUNCTION credit_moves()")
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON credit_transfers FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays()"
    )
    op.execute("REVOKE UPDATE, DELETE ON credit_transfers FROM guildhall_app, guildhall_operator")
    op.execute("REVOKE INSERT, UPDATE, DELETE ON credit_accounts FROM guildhall_app, guildhall_operator")
    op.execute(
        "GRANT INSERT (tenant_id, id, kind, member_id, may_owe, opened_at) ON credit_accounts"
        " TO guildhall_app, guildhall_operator"
    )
    op.execute("GRANT UPDATE (may_owe) ON credit_accounts TO guildhall_app, guildhall_operator")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION credit_moves()")
