"""The database's roles and their rights: the same statements for the embedded PostgreSQL and for a DBA's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.core import postgres
from app.core.config import Config

DATABASE = "guildhall"

OWNER = "guildhall_owner"
APP = "guildhall_app"
OPERATOR = "guildhall_operator"
SEARCH_OWNER = "guildhall_search_owner"

#: Once per cluster. Running it again changes nothing but what somebody loosened.
ROLES = f"""\
DO $$
DECLARE role text;
BEGIN
    FOREACH role IN ARRAY ARRAY['{OWNER}', '{APP}', '{OPERATOR}', '{SEARCH_OWNER}'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
        END IF;
    END LOOP;
END
$$;
-- Owns the tables and changes them; only migrations run as it.
ALTER ROLE {OWNER} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
-- What requests and jobs run as: row-level security holds it inside one tenant.
ALTER ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
ALTER ROLE {APP} SET statement_timeout = '30s';
ALTER ROLE {APP} SET idle_in_transaction_session_timeout = '60s';
-- Work across tenants, by operators and named platform work only.
ALTER ROLE {OPERATOR} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;
-- Reads across rows inside the search view. Nobody signs in as it. Migrations may become it, to hand the view over, without
-- having its rights meanwhile; nobody else may.
ALTER ROLE {SEARCH_OWNER} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
GRANT {SEARCH_OWNER} TO {OWNER} WITH ADMIN FALSE, INHERIT FALSE, SET TRUE;
DO $$
DECLARE other regrole;
BEGIN
    FOR other IN SELECT member FROM pg_auth_members
                  WHERE roleid = '{SEARCH_OWNER}'::regrole AND member IN ('{APP}'::regrole, '{OPERATOR}'::regrole) LOOP
        EXECUTE format('REVOKE {SEARCH_OWNER} FROM %s CASCADE', other);
    END LOOP;
END
$$;
"""

#: Once per database, connected to it.
RIGHTS = f"""\
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {APP}, {OPERATOR}', current_database());
END
$$;
ALTER SCHEMA public OWNER TO {OWNER};
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {APP}, {OPERATOR}, {SEARCH_OWNER};
-- Whatever a migration makes later is readable and writable, and never truncatable.
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}, {OPERATOR};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO {APP}, {OPERATOR};
"""


@contextmanager
def database(config: Config) -> Iterator[Config]:
    """Give the settings with the three addresses of a database that is there for the length of the block.

    With a `database_url` these are the settings as they stand; without one the embedded PostgreSQL runs meanwhile.

    :raises PostgresFailed: when the embedded PostgreSQL does not start.
    """
    if config.database_url:
        yield config
    else:
        with postgres.running(config.var_dir / "postgres") as server:
            prepare(server, DATABASE)
            yield with_addresses(config, server, DATABASE)


def prepare(server: postgres.Server, name: str) -> None:
    """Make the roles, and the database of that name with its rights, where they are missing."""
    with server.connect() as connection:
        # Roles belong to the whole cluster: of several starts at once, one goes first.
        connection.execute("SELECT pg_advisory_lock(hashtext('guildhall roles'))")
        connection.execute(ROLES)
        if not server.has_database(name):
            server.create_database(name, owner=OWNER)
        with server.connect(name) as inside:
            inside.execute(RIGHTS)


def with_addresses(config: Config, server: postgres.Server, name: str) -> Config:
    """Return the settings with the three roles' addresses of a database."""
    return replace(
        config,
        database_url=server.url(name, APP),
        database_owner_url=server.url(name, OWNER),
        database_operator_url=server.url(name, OPERATOR),
    )


def instructions() -> str:
    """Return the SQL by which a DBA prepares an external PostgreSQL, from 16 on."""
    return f"""\
-- Guildhall's roles and database, for PostgreSQL 16 or newer. Run it as a superuser, for example with
--     guildhall database roles | psql "$ADMIN_URL"
-- then give the three roles that sign in their passwords, with \\password in psql:
--     {OWNER}     for DATABASE_OWNER_URL, used by 'guildhall migrate' only
--     {APP}       for DATABASE_URL, which requests and jobs run as
--     {OPERATOR}  for DATABASE_OPERATOR_URL, used by operators' commands only

{ROLES}
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER} ENCODING ''UTF8'' TEMPLATE template0'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
\\connect {DATABASE}

{RIGHTS}"""
