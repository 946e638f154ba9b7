"""Members have work and vettings certified."""

import sqlalchemy as sa
from alembic import op

from tenants.isolation import row_security

revision = "202611250602"
down_revision = "202611250502"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("expertise_id", sa.Uuid(), nullable=True),
        sa.Column("code_digest", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        *_checks(),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("certificates_tenant_id_fkey")),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", column],
                [f"{target}.tenant_id", f"{target}.id"],
                name=op.f(f"certificates_tenant_id_{column}_fkey"),
                ondelete=follows,
            )
            for column, target, follows in (
                ("holder_id", "members", "CASCADE"),
                ("agreement_id", "agreements", None),
                ("expertise_id", "expertises", "CASCADE"),
            )
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("certificates_pkey")),
        sa.UniqueConstraint("tenant_id", "code_digest", name=op.f("certificates_tenant_id_code_digest_key")),
    )
    for name, column in (("work", "agreement_id"), ("vetting", "expertise_id")):
        op.create_index(
            f"certificates_of_{name}_key",
            "certificates",
            ["tenant_id", "holder_id", column],
            unique=True,
            postgresql_where=sa.text(f"ended IS NULL AND {column} IS NOT NULL"),
        )
        op.create_index(f"certificates_{column.removesuffix('_id')}_idx", "certificates", ["tenant_id", column])
    op.create_index("certificates_holder_idx", "certificates", ["tenant_id", "holder_id"])
    op.create_index(
        "certificates_newest_idx", "certificates", ["tenant_id", sa.text("issued_at DESC"), sa.text("id DESC")]
    )
    for statement in row_security("certificates"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("certificates")


def _checks() -> list[sa.CheckConstraint]:
    rules = {
        "about_known": "about IN ('work', 'mentoring', 'vetting')",
        "vetting_named": "(about = 'vetting') = (expertise_id IS NOT NULL)",
        "work_named": "(about = 'vetting') = (agreement_id IS NULL)",
        "signature_is_whole": "octet_length(signature) = 64",
        "end_known": "ended IS NULL OR ended IN ('withdrawn', 'annulled')",
        "ended_at_some_time": "(ended IS NULL) = (ended_at IS NULL)",
        "annulled_for_a_reason": "ended <> 'annulled' OR why <> ''",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"certificates_{name}")) for name, rule in rules.items()]
