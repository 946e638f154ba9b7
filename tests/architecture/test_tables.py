"""The shape that isolation needs, read from the migrated database itself."""

from sqlalchemy import text

from app.core.database import db

# Platform tables that carry a tenant id: readable by all, or by the person they are about, and written by the tenant alone.
READ_BEFORE_A_TENANT_IS_KNOWN = {
    "attestation_keys",
    "domains",
    "stripe_owners",
    "tenant_versions",
    "withdrawn_attestations",
}
READ_BY_THE_PERSON = {"tribes"}
# Read across rows by the owner of the search view, whom nobody can become; the view names the tenant.
READ_BY_THE_SEARCH = {"search_entries"}

_TABLES = text(
    """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
           array(SELECT CAST(p.polcmd AS text) || ':' || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
                        || ' / ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
                   FROM pg_policy p WHERE p.polrelid = c.oid ORDER BY 1) AS policies
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
    """
)
_HERE = "(tenant_id = (current_setting('app.tenant_id'::text))::bigint)"


def test_every_tenant_table_is_confined_to_the_tenant_in_force(app):
    rows = db.session.execute(_TABLES).all()
    assert len(rows) > 30
    for row in rows:
        assert row.relrowsecurity, f"{row.relname} has row-level security off"
        assert row.relforcerowsecurity, f"{row.relname} does not force it on the owner"
        if row.relname not in READ_BEFORE_A_TENANT_IS_KNOWN | READ_BY_THE_PERSON:
            searched = ["r:true / "] if row.relname in READ_BY_THE_SEARCH else []
            assert row.policies == [f"*:{_HERE} / {_HERE}", *searched], row.relname


def test_platform_tables_with_a_tenant_can_be_written_by_that_tenant_alone(app):
    rows = {row.relname: row.policies for row in db.session.execute(_TABLES)}
    for table in READ_BEFORE_A_TENANT_IS_KNOWN:
        assert sorted(policy[0] for policy in rows[table]) == ["a", "d", "r", "w"]
        assert all(_HERE in policy for policy in rows[table] if policy[0] != "r"), table


def test_the_tenant_leads_every_key_and_index_of_its_tables(app):
    out_of_line = db.session.execute(
        text(
            """
            SELECT c.relname, i.relname
              FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
             WHERE c.relnamespace = 'public'::regnamespace AND c.relforcerowsecurity
               AND x.indkey[0] <> a.attnum AND c.relname <> ALL (:platform)
               AND NOT (c.relname = 'roles' AND i.relname = 'roles_pkey' AND x.indkey[0] = a.attnum)
               -- Here the tenant is a word among the words (app.search.marks).
               AND i.relname <> 'search_entries_words_idx'
            """
        ),
        {"platform": sorted(READ_BEFORE_A_TENANT_IS_KNOWN | READ_BY_THE_PERSON)},
    ).all()
    assert out_of_line == []


def test_every_foreign_key_between_tenant_tables_carries_the_tenant(app):
    plain = db.session.execute(
        text(
            """
            SELECT k.conname
              FROM pg_constraint k
              JOIN pg_attribute child ON child.attrelid = k.conrelid AND child.attname = 'tenant_id'
              JOIN pg_attribute parent ON parent.attrelid = k.confrelid AND parent.attname = 'tenant_id'
             WHERE k.contype = 'f' AND NOT (child.attnum = ANY (k.conkey) AND parent.attnum = ANY (k.confkey))
            """
        )
    ).scalars()
    assert list(plain) == []


def test_views_run_as_whoever_asks(app):
    views = db.session.execute(
        text(
            """
            SELECT relname FROM pg_class
             WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND relname <> 'searchable'
               AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}'
            """
        )
    ).scalars()
    assert list(views) == []


def test_there_is_no_materialised_view(app):
    assert db.session.execute(text("SELECT count(*) FROM pg_class WHERE relkind = 'm'")).scalar_one() == 0


def test_no_column_is_of_a_type_that_hides_from_an_index(app):
    """Enum and numeric comparisons are not leakproof, so under row-level security they could not use an index."""
    hidden = db.session.execute(
        text(
            """
            SELECT table_name, column_name FROM information_schema.columns c
             WHERE table_schema = 'public' AND table_name NOT LIKE 'procrastinate%'
               AND (data_type = 'numeric' OR EXISTS (SELECT 1 FROM pg_type t WHERE t.typname = c.udt_name AND t.typtype = 'e'))
            """
        )
    ).all()
    assert hidden == []
