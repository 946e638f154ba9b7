"""Alive, and able to work."""

import pytest
from sqlalchemy import text

from app.core.database import db


def a_worker_seen(seconds_ago):
    db.session.execute(
        text(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (clock_timestamp() - :ago * interval '1 second')"
        ),
        {"ago": seconds_ago},
    )
    db.session.commit()


@pytest.mark.parametrize("host", ["localhost", "id.localhost", "designers.localhost", "nobody.localhost", "10.0.0.7"])
def test_it_says_on_every_host_that_it_is_alive(app, host):
    answer = app.test_client().get("/healthz", base_url=f"http://{host}:8000")
    assert (answer.status_code, answer.json) == (200, {"alive": True})


def test_it_is_ready_when_a_worker_was_just_seen(app, client):
    a_worker_seen(seconds_ago=5)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"database": True, "migrated": True, "worker": True})


def test_it_is_not_ready_while_no_worker_was_ever_seen(app, client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["worker"]) == (503, False)


def test_it_is_not_ready_when_the_last_worker_fell_silent(app, client):
    a_worker_seen(seconds_ago=90)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["worker"]) == (503, False)


def test_it_is_not_ready_before_the_newest_migration(app, client, monkeypatch):
    a_worker_seen(seconds_ago=5)
    monkeypatch.setitem(app.extensions, "newest_revisions", frozenset({"one-more"}))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["migrated"]) == (503, False)


def test_it_is_not_ready_without_its_database(app, client, monkeypatch):
    monkeypatch.setattr("app.core.health._STATE", text("SELECT 1 FROM a_table_that_is_gone"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["database"]) == (503, False)
