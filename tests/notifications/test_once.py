"""Everybody is told once, whenever the worker is killed: real processes, and mail that really leaves."""

import random
import socket
import time
from collections import Counter
from email import message_from_bytes, policy

import psycopg
import pytest
from aiosmtpd.controller import Controller

from app.core import clock
from app.core.database import db
from app.factory import create_app
from app.joining.admission import admit
from app.joining.rules import publish_rules
from tenants.context import tenant_context
from tests.app_fixtures import settings_for
from tests.factories import a_hall, a_leader, a_user, acting

pytestmark = pytest.mark.slow

PEOPLE = 25
KILLS = 5
SUBJECTS = ("Welcome to Designers", "The rules of Designers have changed")


@pytest.fixture
def site(new_site):
    with new_site(worker=False) as site:
        yield site


@pytest.fixture
def server():
    """A mail server that keeps what it takes."""

    class Server:
        def __init__(self):
            self.taken = []

        async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    handler = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.url = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()


def test_everybody_is_told_once_by_the_local_mailbox(site):
    _something_to_tell(site)
    _work_and_die(site, mailed=lambda: len(_kept(site)))
    assert _times_told(site) == Counter({2: PEOPLE})
    received = Counter((str(mail["To"]), str(mail["Subject"])) for mail in _kept(site))
    assert set(received.values()) == {1}
    assert len(received) == PEOPLE * len(SUBJECTS)


def test_a_mail_server_may_get_one_twice_but_never_as_another(site, server, monkeypatch):
    """SMTP has no transaction with us: see docs/decisions. Mail readers show messages of one Message-ID once."""
    monkeypatch.setenv("SMTP_URL", server.url)
    _something_to_tell(site)
    _work_and_die(site, mailed=lambda: len(server.taken))
    assert _times_told(site) == Counter({2: PEOPLE})
    ids = {}
    for mail in server.taken:
        ids.setdefault((str(mail["To"]), str(mail["Subject"])), set()).add(str(mail["Message-ID"]))
    assert {len(each) for each in ids.values()} == {1}
    assert len(ids) == PEOPLE * len(SUBJECTS)


def _something_to_tell(site):
    """Newcomers, and new rules for all of them: fifty mails."""
    application = create_app(settings_for(site.database, site.var_dir))
    with application.app_context():
        with tenant_context(a_hall()):
            leader = acting(a_leader())
            for number in range(PEOPLE):
                admit(a_user(f"Person {number}"), name=f"Person {number}")
            for words in ("One", "Two"):
                publish_rules(terms=words, guidelines="", note="", by=leader, now=clock.now())
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _work_and_die(site, *, mailed):
    """Let workers work, killing each at some moment around the sending of a mail, until nothing is left to do."""
    for _ in range(KILLS):
        site.start("worker", "-m", "tests.notifications.worker")
        enough = mailed() + random.randint(1, 12)
        _until(lambda enough=enough: mailed() >= enough or not _jobs(site))
        time.sleep(random.random() / 20)
        site.kill("worker")
    site.start("worker", "-m", "tests.notifications.worker")
    _until(lambda: not _jobs(site))


def _kept(site):
    files = sorted((site.var_dir / "mailbox").glob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


def _jobs(site):
    return _fetch(site, "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")[0][0]


def _times_told(site):
    """Return how many members have how many notifications, where list, bell and table agree."""
    rows = _fetch(
        site,
        """
        SELECT m.unread_count, count(n.id), count(d.id) FILTER (WHERE d.state = 'sent')
          FROM members m
          LEFT JOIN notifications n ON n.tenant_id = m.tenant_id AND n.member_id = m.id AND n.listed
          LEFT JOIN dispatches d ON d.tenant_id = n.tenant_id AND d.notification_id = n.id
         WHERE m.name LIKE 'Person %%' GROUP BY m.id, m.unread_count
        """,
    )
    assert all(unread == listed == sent for unread, listed, sent in rows)
    return Counter(listed for _, listed, _ in rows)


def _fetch(site, query):
    with psycopg.connect(site.database.app_url, options="-c app.tenant_id=1") as connection:
        return connection.execute(query, ()).fetchall()


def _until(happened, seconds=90):
    ends = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.01)
