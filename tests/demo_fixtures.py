"""The demo's marketplaces, made once for each process of tests, in a database of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

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
    """The application on a database that holds the demo and nothing else; its tests leave it as it is."""
    with (
        new_database() as database,
        demo_on(database, tmp_path_factory.mktemp("var")) as application,
        application.app_context(),
    ):
        yield application
        db.session.remove()


@pytest.fixture(scope="session")
def playground(
    new_database: Callable[[], AbstractContextManager[TestDatabase]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application on a demo of its own, for tests that click on everything."""
    with new_database() as database, demo_on(database, tmp_path_factory.mktemp("var")) as application:
        yield application


@contextmanager
def demo_on(database: TestDatabase, var_dir: Path) -> Iterator[Flask]:
    """Make the demo on a database, and give the application that it is seen through."""
    application = create_app(settings_for(database, var_dir))
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    application.test_client_class = HallClient
    with application.app_context():
        seed_demo()
        db.session.remove()
    try:
        yield application
    finally:
        with application.app_context():
            db.engine.dispose()
