"""The application under test: one per process, on the worker's own database; each test in a savepoint that is rolled back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event
from werkzeug.datastructures import Headers

from app.accounts import identity, sessions
from app.accounts.entrance import Entrance, entrance
from app.accounts.models import User
from app.core.config import Config
from app.core.database import db
from app.core.reading import Reading
from app.factory import create_app
from billing import entitlements, plans
from tenants.context import TenantInfo, tenant_context
from tenants.models import Member
from tests.database import TestDatabase
from tests.factories import a_hall

_QUIET = ("SET LOCAL", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class HallClient(FlaskClient):
    """A browser on one host: it sends that host's Origin, and lets the test's own work be seen by the request."""

    host = "designers.localhost"

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("base_url", f"http://{self.host}:8000")
        headers = Headers(kwargs.pop("headers", None))
        headers.setdefault("Origin", kwargs["base_url"])
        if has_app_context() and db.session.registry.has():
            db.session.commit()
        # A context of its own, as in a server: nothing of the test's session or `g` reaches the request.
        with self.application.app_context():
            response = super().open(*args, headers=headers, **kwargs)
        if has_app_context() and db.session.registry.has():
            db.session.expire_all()
        return response


@pytest.fixture(scope="session")
def settings(database: TestDatabase, tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Development's settings on the worker's migrated database, as the runtime role."""
    return settings_for(database, tmp_path_factory.mktemp("var"))


def settings_for(database: TestDatabase, var_dir: Path) -> Config:
    """Return development's settings for a database."""
    return Config(
        database_url=database.app_url,
        database_owner_url=database.owner_url,
        database_operator_url=database.operator_url,
        secret_key="a key for tests only",
        development=True,
        var_dir=var_dir,
    )


@pytest.fixture(scope="session")
def application(settings: Config) -> Iterator[Flask]:
    """The application, without CSRF tokens: the tests of security switch them on."""
    application = create_app(settings)
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    application.test_client_class = HallClient
    # Written where a test asks for it, never by itself between the statements that a test counts.
    application.extensions["exposure"].pace = timedelta.max
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application inside a context and a transaction that ends with the test."""
    with application.app_context():
        engine = db.engine
        connection = engine.connect()
        transaction = connection.begin()
        with _everything_on(application, connection):
            yield application
            db.session.remove()
        transaction.rollback()
        connection.close()


@pytest.fixture
def committing(fresh_database: TestDatabase, tmp_path: Path) -> Iterator[Flask]:
    """An application that really commits, on a database of the test's own, inside a context."""
    application = create_app(settings_for(fresh_database, tmp_path))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _everything_on(application: Flask, connection: Connection) -> Iterator[None]:
    engines = db._app_engines[application]
    engine, opener = engines[None], application.extensions["platform_connection"]
    entrance: Entrance = application.extensions["entrance"]
    lookup = entrance.lookup
    engines[None] = connection  # type: ignore[assignment]
    # What is read belongs to the test's transaction, as everything does.
    own_line, application.extensions["line"] = application.extensions["line"], None
    application.extensions["platform_connection"] = lambda: nullcontext(connection)
    entrance.lookup = LookupOn(connection, lookup.statement)  # type: ignore[assignment]
    db.session.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        engines[None], application.extensions["platform_connection"] = engine, opener
        entrance.lookup = lookup
        application.extensions["line"] = own_line


@dataclass
class LookupOn:
    """A `Lookup` on the test's connection: it sees what the test has not committed, and its statements are counted."""

    connection: Connection
    statement: str

    def row(self, tenant_id: int, *values: str) -> Any:
        driver: Any = self.connection.connection.driver_connection
        (before,) = driver.execute("SELECT current_setting('app.tenant_id', true)").fetchone()
        driver.execute(f"SET LOCAL app.tenant_id = '{tenant_id}'")
        try:
            named = {f"v{number}": value for number, value in enumerate(values, start=1)}
            statement = re.sub(r"\$(\d)", r"%(v\1)s", self.statement)
            return self.connection.exec_driver_sql(statement, named).one_or_none()
        finally:
            driver.execute(f"SET LOCAL app.tenant_id = '{before or ''}'")


@pytest.fixture
def hall(app: Flask) -> Iterator[TenantInfo]:
    """An open community tenant, `designers`, in force for the test."""
    tenant = a_hall("designers")
    # As in a process that has answered for this hall before: it knows whose address it is.
    entrance().arrive(tenant.host, None)
    with tenant_context(tenant):
        yield tenant


@pytest.fixture
def other_hall(app: Flask) -> TenantInfo:
    """A second tenant, `hillside`: enter it with `tenant_context(other_hall)` after committing."""
    return a_hall("hillside")


@pytest.fixture
def client(app: Flask) -> HallClient:
    """A visitor's browser on the tenant's host."""
    return app.test_client()


@pytest.fixture
def browser(app: Flask) -> Callable[..., HallClient]:
    """Make browsers: `browser(member)` is signed in as that member of the tenant in force, `browser(host=…)` is a visitor's."""

    def open_browser(member: Member | None = None, *, host: str = "designers.localhost") -> HallClient:
        client = app.test_client()
        client.host = host
        if member is not None:
            sign_in(client, member)
        return client

    return open_browser


def sign_in(client: FlaskClient, member: Member) -> None:
    """Give a browser the session of a member, as arriving from the identity host would."""
    from flask import session

    user_id, member_id, tenant_id = member.user_id, member.id, member.tenant_id
    db.session.commit()
    with (
        client.application.app_context(),
        client.application.test_request_context(base_url=f"http://{client.host}:8000"),
    ):
        with tenant_context(tenant_id):
            sessions.begin(user_id=user_id, member_id=member_id)
            db.session.commit()
        cookie = dict(session)
    with client.session_transaction(base_url=f"http://{client.host}:8000") as stored:
        stored.update(cookie)


def sign_in_on_platform(client: FlaskClient, user: User) -> None:
    """Give a browser a session of the platform's own host, carried over from one on the identity host."""
    from flask import session

    with client.application.app_context(), client.application.test_request_context(base_url="http://localhost:8000"):
        first = identity.begin(db.session.merge(user))
        identity.begin(first.user, carried_from=first.session.token_hash)
        db.session.commit()
        cookie = dict(session)
    with client.session_transaction(base_url="http://localhost:8000") as stored:
        stored.update(cookie)


@pytest.fixture
def statements(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements sent to the database from now on, without those that only frame transactions."""
    sent: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(_QUIET):
            sent.append(statement)

    def listen_to_readings(reading: Reading, parameters: Any) -> Any:
        sent.append(reading._compiled.string)
        return run(reading, parameters)

    run = Reading._run
    monkeypatch.setattr(Reading, "_run", listen_to_readings)
    event.listen(Engine, "before_cursor_execute", listen)
    yield sent
    event.remove(Engine, "before_cursor_execute", listen)


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The free plan has room for a crowd."""
    monkeypatch.setattr(entitlements, "FREE", plans.COMPANY)
