"""Reviews that members take to other marketplaces, as signed statements; what was withdrawn; what others brought."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611230040"
down_revision = "202611230030"
branch_labels = None
depends_on = None

_HERE = "current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    for column in ("reviews_leave", "reviews_arrive"):
        op.add_column("tenants", sa.Column(column, sa.Boolean(), server_default="true", nullable=False))
    # What is said inside a company stays there. The rows are all tenants', and this is the one statement that means them all.
    op.execute("ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE tenants SET reviews_leave = false WHERE kind = 'company'")
    op.execute("ALTER TABLE tenants FORCE ROW LEVEL SECURITY")
    _add_keys()
    _add_withdrawn()
    _add_attestations()
    _add_carried()
    for table in ("attestations", "carried_reviews"):
        for statement in row_security(table):
            op.execute(statement)


def _of_a_tenant(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f(f"{table}_tenant_id_fkey"))


def _key(table: str, column: str, target: str, **options: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_tenant_id_{column}_fkey")
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], name=name, **options)


def _read_by_all(table: str) -> None:
    """What a marketplace signed must be checked in any other; only itself can say what it is."""
    for statement in (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY readable ON {table} FOR SELECT USING (true)",
        f"CREATE POLICY insert_own ON {table} FOR INSERT WITH CHECK (tenant_id = {_HERE})",
        f"CREATE POLICY update_own ON {table} FOR UPDATE USING (tenant_id = {_HERE}) WITH CHECK (tenant_id = {_HERE})",
        f"CREATE POLICY delete_own ON {table} FOR DELETE USING (tenant_id = {_HERE})",
    ):
        op.execute(statement)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _add_keys() -> None:
    op.create_table(
        "attestation_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        _moment("began_at"),
        _moment("ended_at", nullable=True),
        _moment("given_up_at", nullable=True),
        _of_a_tenant("attestation_keys"),
        sa.PrimaryKeyConstraint("id", name=op.f("attestation_keys_pkey")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("attestation_keys_tenant_id_number_key")),
    )
    _read_by_all("attestation_keys")


def _add_withdrawn() -> None:
    op.create_table(
        "withdrawn_attestations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        _moment("withdrawn_at"),
        _of_a_tenant("withdrawn_attestations"),
        sa.PrimaryKeyConstraint("id", name=op.f("withdrawn_attestations_pkey")),
    )
    op.create_index(op.f("withdrawn_attestations_tenant_id_idx"), "withdrawn_attestations", ["tenant_id"])
    _read_by_all("withdrawn_attestations")


def _add_attestations() -> None:
    op.create_table(
        "attestations",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("naming", sa.Text(), server_default="unasked", nullable=False),
        _moment("taken_at", nullable=True),
        sa.CheckConstraint(
            "naming IN ('unasked', 'asked', 'agreed', 'refused')", name=op.f("attestations_naming_known")
        ),
        _key("attestations", "review_id", "reviews", ondelete="CASCADE"),
        _key("attestations", "member_id", "members", ondelete="CASCADE"),
        _key("attestations", "author_id", "members"),
        _of_a_tenant("attestations"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("attestations_pkey")),
        sa.UniqueConstraint("tenant_id", "review_id", name=op.f("attestations_tenant_id_review_id_key")),
    )
    op.create_index(
        "attestations_asked_idx",
        "attestations",
        ["tenant_id", "author_id"],
        postgresql_where=sa.text("naming <> 'unasked'"),
    )


def _add_carried() -> None:
    op.create_table(
        "carried_reviews",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        _moment("brought_at"),
        sa.CheckConstraint("octet_length(signature) = 64", name=op.f("carried_reviews_signature_is_whole")),
        _key("carried_reviews", "member_id", "members", ondelete="CASCADE"),
        _of_a_tenant("carried_reviews"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("carried_reviews_pkey")),
    )
    op.create_index("carried_reviews_member_idx", "carried_reviews", ["tenant_id", "member_id"])


def downgrade() -> None:
    for table in ("carried_reviews", "attestations", "withdrawn_attestations", "attestation_keys"):
        op.drop_table(table)
    for column in ("reviews_leave", "reviews_arrive"):
        op.drop_column("tenants", column)
