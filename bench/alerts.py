"""Alerts: one new gig against ten thousand of them, and a day's letters to ten thousand members."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import text

from app.alerts import sending
from app.alerts.gathering import gather
from app.alerts.keys import keys_of
from app.alerts.models import AlertLetter
from app.alerts.weighing import remember, weigh
from app.core import clock
from app.core.composing import compose
from app.core.database import db
from app.factory import create_app
from bench.data import Database, database, gig_id, make_findable
from bench.results import Result
from tenants.context import tenant_context
from tenants.resolution import tenant_by_id

_ALERTS, _GIGS, _WAITING, _ROUNDS, _LETTERS = 10_000, 1_000, 8, 15, 300
_CLEAR = ("alert_matches", "alert_letters", "alert_weighings", "alert_anchors", "alerts")

# As many members, each with one alert: two in three for words of the gigs, weighed as often as gigs say them, the others
# for a kind, a pay or a place; all tell each day.
_MEMBERS = """
    INSERT INTO users (id, email, name, email_verified_at, created_at)
    SELECT ('a1e27000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'alert' || n || '@example.org', 'Reader', now(), now()
      FROM generate_series(1, :alerts) AS n ON CONFLICT DO NOTHING
"""
_JOIN = """
    INSERT INTO members (tenant_id, id, user_id, name, hue, standing, joined_at, rules_version)
    SELECT 1, id, id, 'Reader', 1, 'active', now(), 0 FROM users WHERE email LIKE 'alert%@example.org' ON CONFLICT DO NOTHING
"""
_SAVE = """
    WITH words AS (SELECT array_agg(word) AS all_words FROM (
        SELECT word FROM search_entries, unnest(tsvector_to_array(words)) AS word
         WHERE tenant_id = 1 AND kind = 'gig' AND word !~ '^t[0-9]+gig' GROUP BY word ORDER BY count(*), word LIMIT 600) AS rare)
    INSERT INTO alerts (tenant_id, id, member_id, name, asked, requires, wanted, pace, created_at, since, expires_at, next_at)
    SELECT 1, m.id, m.id, 'Alert', '{}',
           CASE WHEN n % 3 = 0 THEN ARRAY[(ARRAY['kind=gig', 'settlement=money', 'where_remote', 'direction=offer'])[1 + n % 4],
                                          'category=' || (SELECT slug FROM categories WHERE tenant_id = 1
                                                           ORDER BY position OFFSET n % 5 LIMIT 1)]
                ELSE '{}' END,
           CASE WHEN n % 3 = 0 THEN NULL
                ELSE quote_literal((SELECT all_words[1 + n % array_length(all_words, 1)] FROM words))::tsquery END,
           'daily', now(), now() - interval '3 years', now() + interval '1 year', now()
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM members WHERE tenant_id = 1 AND name = 'Reader') AS m
"""
_ANCHOR = """
    INSERT INTO alert_anchors (tenant_id, anchor, alert_id)
    SELECT 1, CASE WHEN wanted IS NULL THEN requires[2] ELSE 'w:' || trim(both '''' from wanted::text) END, id
      FROM alerts WHERE tenant_id = 1
"""
# For the letters every alert asks for everything, and has found the same number of gigs.
_ASK_ALL = "UPDATE alerts SET requires = '{}', wanted = NULL, next_at = now() WHERE tenant_id = 1"
_MATCH = """
    WITH open AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM gigs WHERE tenant_id = 1 AND state = 'open')
    INSERT INTO alert_matches (tenant_id, alert_id, gig_id, fit, found_at)
    SELECT 1, a.id, open.id, random(), now()
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM alerts WHERE tenant_id = 1) AS a
     CROSS JOIN generate_series(1, :waiting) AS k
      JOIN open ON open.place = 1 + (a.n * 7 + k * 31) % (SELECT count(*) FROM open)
"""


def run() -> Iterator[Result]:
    """Yield how long one new gig takes against all alerts, and all letters of a morning."""
    with database("bench_alerts", tenants=1, gigs=_GIGS) as filled:
        make_findable(filled)
        with _inside(filled):
            _arrange(_MEMBERS, _JOIN, _SAVE, _ANCHOR)
            times = sorted(_weighing(number) for number in range(1, _ROUNDS + 1))
            yield Result("alerts: a new gig against 10,000, median", times[len(times) // 2] * 1000, "ms", 200, "lower")
            yield Result("alerts: a new gig against 10,000, slowest", times[-1] * 1000, "ms", 200, "lower")
            gathering, writing, our_own = _morning()
            yield Result("alerts: 10,000 letters gathered and stored", gathering, "s", 60, "lower")
            yield Result("alerts: a letter read, composed and noted", writing * 1000, "ms")
            yield Result("alerts: of that our own processor's time", our_own * 1000, "ms")
            # Two cores compose letters side by side.
            yield Result("alerts: a morning of 10,000 members", gathering + writing * _ALERTS / 2, "s", 60, "lower")


@contextmanager
def _inside(filled: Database) -> Iterator[None]:
    application = create_app(filled.settings)
    tenant = _first(application)
    with application.test_request_context(base_url=f"http://{tenant.host}"), tenant_context(tenant):
        yield
        db.session.remove()
        db.engine.dispose()


def _first(application: Any) -> Any:
    with application.app_context():
        tenant = tenant_by_id(1)
        db.session.remove()
    return tenant


def _arrange(*statements: str) -> None:
    """Begin anew, with as many alerts; what was there is taken away first."""
    for table in _CLEAR:
        db.session.execute(text(f"DELETE FROM {table} WHERE tenant_id = 1"))
    for statement in statements:
        db.session.execute(text(statement), {"alerts": _ALERTS} if ":alerts" in statement else {})
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


def _weighing(number: int) -> float:
    """Return how many seconds one gig takes, all that it matches written and undone again."""
    began = perf_counter()
    weigh(UUID(gig_id(1, number)), now=clock.now())
    taken = perf_counter() - began
    db.session.rollback()
    return taken


def _morning() -> tuple[float, float, float]:
    """Return the seconds to gather ten thousand letters, to read and compose one of them until a mail server could have it and
    to note that, and those of the latter that this process computes.
    """
    ids = db.session.execute(text("SELECT id FROM gigs WHERE tenant_id = 1 AND state = 'open'")).scalars().all()
    remember(ids, keys_of(ids))
    db.session.execute(text(_ASK_ALL))
    db.session.execute(text(_MATCH), {"waiting": _WAITING})
    db.session.commit()
    letters: list[Any] = []
    began = perf_counter()
    while True:
        gathered = gather(now=clock.now())
        db.session.commit()
        letters += gathered.letters
        if not gathered.has_more:
            break
    gathering = perf_counter() - began
    assert len(letters) == _ALERTS, len(letters)
    began, computed = perf_counter(), process_time()
    # How long a mail server takes is its own affair.
    with patch.object(sending, "send", lambda mail: bytes(compose(mail))):
        for letter_id in letters[:_LETTERS]:
            letter = db.session.get(AlertLetter, (1, letter_id), with_for_update=True)
            assert letter is not None
            sending.deliver(letter, now=clock.now())
            db.session.commit()
    return gathering, (perf_counter() - began) / _LETTERS, (process_time() - computed) / _LETTERS
