"""Whatever people, banks, Stripe, the network and our own processes do, in any order: the books sum to zero, each object is as it
is at Stripe, nobody pays twice or for nothing, nobody is let in without having paid or kept out who did.

`HISTORIES=20000` tells so many; `HISTORY=1234` tells one again.
"""

import os

import pytest

from app.core.database import db
from app.factory import create_app
from app.memberships import jobs  # noqa: F401  (declares what follows)
from tests.app_fixtures import HallClient, settings_for
from tests.billing.histories import (  # noqa: F401  (each declares what happens)
    books,
    connecting,
    fees,
    gifts,
    given,
    hours,
    memberships,
    offers,
    payments,
    plans,
    weather,
)
from tests.billing.histories.theatre import opened

pytestmark = pytest.mark.slow

HISTORIES = int(os.environ.get("HISTORIES", "2000"))
PARTS = 20


@pytest.fixture(scope="module")
def theatre(new_database, postgres_server, tmp_path_factory):
    """One for all histories of this process: to open it takes as long as to tell six."""
    with new_database() as database, postgres_server.connect(database.name) as superuser:
        application = create_app(settings_for(database, tmp_path_factory.mktemp("var")))
        application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        application.test_client_class = HallClient
        with application.app_context():
            with opened(application, superuser) as theatre:
                yield theatre
            db.session.remove()
            db.engine.dispose()


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_money_is_neither_lost_nor_doubled(theatre, part):
    only = os.environ.get("HISTORY")
    numbers = [int(only)] if only and part == 0 else [] if only else range(part, HISTORIES, PARTS)
    theatre.copies.clear()
    for number in numbers:
        try:
            theatre.tell(number)
        except Exception as problem:
            pytest.fail(theatre.failure(number, problem), pytrace=False)
