"""The roles can do what they are for, and no more."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from app.core import bootstrap, migrations


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE procrastinate_jobs",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "DROP TABLE procrastinate_jobs",
        "ALTER TABLE tenants DISABLE ROW LEVEL SECURITY",
        "CREATE ROLE mine",
        f"SET ROLE {bootstrap.OWNER}",
        f"SET ROLE {bootstrap.OPERATOR}",
        f"SET ROLE {bootstrap.SEARCH_OWNER}",
    ],
)
def test_the_app_role_may_not(database, statement):
    with psycopg.connect(database.app_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement)


@pytest.mark.parametrize("statement", ["TRUNCATE procrastinate_jobs", "CREATE TABLE mine (id int)", "CREATE ROLE mine"])
def test_the_operator_may_not(database, statement):
    with psycopg.connect(database.operator_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement)


def test_only_the_operator_steps_around_row_level_security(database):
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute(
            "SELECT rolname FROM pg_roles WHERE (rolbypassrls OR rolsuper) AND rolname LIKE 'guildhall%'"
        ).fetchall()
    assert rows == [(bootstrap.OPERATOR,)]


def test_a_migration_can_hand_a_view_to_the_search_owner_and_has_none_of_its_rights(fresh_database):
    owner = bootstrap.SEARCH_OWNER
    with psycopg.connect(fresh_database.owner_url, autocommit=True) as connection:
        connection.execute("CREATE VIEW found AS SELECT id FROM tenants")
        connection.execute(f"GRANT CREATE ON SCHEMA public TO {owner}")
        connection.execute(f"ALTER VIEW found OWNER TO {owner}")
        connection.execute(f"REVOKE CREATE ON SCHEMA public FROM {owner}")
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SELECT * FROM found")


@pytest.mark.parametrize("role", [bootstrap.APP, bootstrap.OPERATOR])
def test_neither_requests_nor_operators_become_the_search_owner(postgres_server, fresh_database, role):
    with postgres_server.connect() as connection:
        assert _members(connection, bootstrap.SEARCH_OWNER) == [bootstrap.OWNER]
        assert _members(connection, bootstrap.OWNER) == []
    url = fresh_database.app_url if role == bootstrap.APP else fresh_database.operator_url
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in (f"SET ROLE {bootstrap.SEARCH_OWNER}", f"GRANT {bootstrap.SEARCH_OWNER} TO {role}"):
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement)


def test_the_search_owner_cannot_sign_in_and_hands_itself_to_nobody(database):
    with psycopg.connect(database.owner_url, autocommit=True) as connection:
        assert connection.execute(
            "SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (bootstrap.SEARCH_OWNER,)
        ).fetchone() == (False,)
        with pytest.raises(InsufficientPrivilege):
            connection.execute(f"GRANT {bootstrap.SEARCH_OWNER} TO {bootstrap.APP}")


def _members(connection, role):
    rows = connection.execute(
        "SELECT member::regrole::text FROM pg_auth_members WHERE roleid = %s::regrole ORDER BY 1", (role,)
    )
    return [row[0] for row in rows]


def test_the_app_role_reads_and_writes_what_a_migration_makes(fresh_database):
    with psycopg.connect(fresh_database.owner_url) as connection:
        connection.execute("CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    with psycopg.connect(fresh_database.app_url) as connection:
        connection.execute("INSERT INTO later (word) VALUES ('one')")
        connection.execute("UPDATE later SET word = 'two'")
        assert connection.execute("DELETE FROM later RETURNING word").fetchall() == [("two",)]


def test_preparing_again_takes_back_what_somebody_loosened(postgres_server, fresh_database):
    with postgres_server.connect(fresh_database.name) as connection:
        connection.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
        connection.execute(f"GRANT {bootstrap.SEARCH_OWNER} TO {bootstrap.OPERATOR}")
    bootstrap.prepare(postgres_server, fresh_database.name)
    with postgres_server.connect() as connection:
        assert _members(connection, bootstrap.SEARCH_OWNER) == [bootstrap.OWNER]
    with psycopg.connect(fresh_database.app_url) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("CREATE TABLE mine (id int)")


def test_a_migrated_database_is_at_the_newest_revision(database):
    assert migrations.applied(database.app_url) == migrations.heads()
    assert migrations.migrate(database.owner_url) is False
