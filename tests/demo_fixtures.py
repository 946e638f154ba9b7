"""The demo's marketplaces, made once for each process of tests, in a database of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from app.core.database import db
from app.factory import create_app
from app.seeds.demo import seed_demo
from tests.app_fixtures import HallClient, settings_for
from tests.database import TestDatabase


@pytest.fixture(scope="session")
def seeded(
    new_database: Callable[[], AbstractContextManager[TestDatabase]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application on a database that holds the demo and nothing else."""
    with new_database() as database:
        application = create_app(settings_for(database, tmp_path_factory.mktemp("var")))
        application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        application.test_client_class = HallClient
        with application.app_context():
            try:
                seed_demo()
                db.session.remove()
                yield application
            finally:
                db.session.remove()
                db.engine.dispose()
