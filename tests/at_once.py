"""A database to commit to: for whatever happens at the same time on connections of its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.database import db
from app.factory import create_app
from tenants.context import TenantInfo, tenant_context
from tests.app_fixtures import HallClient, settings_for
from tests.database import TestDatabase
from tests.factories import a_hall


@pytest.fixture
def committing(fresh_database: TestDatabase, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of this test's own, with a pool of forty real connections."""
    application = create_app(
        settings_for(fresh_database, tmp_path), engine_options={"pool_size": 40, "max_overflow": 0, "pool_timeout": 60}
    )
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    application.test_client_class = HallClient
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def busy_hall(committing: Flask) -> Iterator[TenantInfo]:
    """An open hall on that database."""
    tenant = a_hall("designers")
    with tenant_context(tenant):
        yield tenant


@pytest.fixture
def at_once(committing: Flask, busy_hall: TenantInfo) -> Callable[..., list[Any]]:
    """Run functions at the same time, each in a transaction of its own that commits unless the function raises.

    Returns what each returned, or the exception it raised.
    """

    def run(*functions: Callable[[], Any]) -> list[Any]:
        # The pool must not starve: what the test itself holds is let go first.
        db.session.commit()
        with ThreadPoolExecutor(max_workers=len(functions)) as threads:
            return list(threads.map(lambda function: _alone(committing, busy_hall, function), functions))

    return run


def _alone(application: Flask, hall: TenantInfo, function: Callable[[], Any]) -> Any:
    with application.app_context(), tenant_context(hall):
        try:
            result = function()
            db.session.commit()
            return result
        except Exception as refusal:
            db.session.rollback()
            return refusal
        finally:
            db.session.remove()
