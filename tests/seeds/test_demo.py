"""What the demo holds: every state of every table, nothing that should have ended, and nothing twice."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from flask import Flask

from app.agreements.states import AGREEMENT, MILESTONE
from app.applications.states import APPLICATION
from app.core.transitions import Machine
from app.gigs.states import EDIT, GIG
from app.seeds.demo import seed_demo
from tenants.models import STANDINGS


@pytest.fixture
def rows(seeded: Flask) -> Iterator[Any]:
    """Asks the operator's role, which sees all marketplaces at once: `rows("select …")`."""
    with psycopg.connect(seeded.extensions["guildhall"].config.database_operator_url) as connection:
        yield lambda query: connection.execute(query).fetchall()


@pytest.mark.parametrize(
    ("table", "machine"),
    [
        ("gigs", GIG),
        ("applications", APPLICATION),
        ("agreements", AGREEMENT),
        ("milestones", MILESTONE),
        ("gig_edits", EDIT),
    ],
)
def test_every_state_is_there(rows: Any, table: str, machine: Machine) -> None:
    assert {state for (state,) in rows(f"SELECT DISTINCT state FROM {table}")} == set(machine.states)


def test_each_marketplace_has_thirty_members_and_forty_five_gigs(rows: Any) -> None:
    members = rows("SELECT count(*) FROM members WHERE standing = 'active' GROUP BY tenant_id")
    gigs = rows("SELECT count(*) FROM gigs GROUP BY tenant_id")
    assert len(members) == len(gigs) == 3
    assert min(members)[0] >= 30
    assert min(gigs)[0] >= 45


def test_requests_and_reports_have_every_end(rows: Any) -> None:
    requests = {state for (state,) in rows("SELECT DISTINCT state FROM join_requests")}
    reports = {state for (state,) in rows("SELECT DISTINCT state FROM reports")}
    assert requests == {"asked", "approved", "refused", "withdrawn"}
    assert reports == {"open", "upheld", "dismissed"}


def test_people_stand_in_every_way(rows: Any) -> None:
    assert {standing for (standing,) in rows("SELECT DISTINCT standing FROM members")} == set(STANDINGS)


def test_whoever_went_is_known_no_more(rows: Any) -> None:
    assert rows("SELECT DISTINCT name FROM members WHERE standing <> 'active'") == [("Former member",)]


def test_a_few_words_for_skills_wait_for_the_leader(rows: Any) -> None:
    query = "SELECT count(*) FILTER (WHERE kept_at IS NULL), count(*) FROM skills GROUP BY tenant_id"
    assert all(0 < new < 10 < known for new, known in rows(query))


def test_nothing_waits_beyond_its_time(rows: Any) -> None:
    assert rows("SELECT id FROM applications WHERE deadline_at < now()") == []
    assert rows("SELECT title, state FROM agreements WHERE deadline_at < now() OR reviews_until < now()") == []
    assert (
        rows("SELECT title FROM gigs WHERE state IN ('open', 'paused') AND (expires_at < now() OR due_on < now())")
        == []
    )


def test_seats_are_taken_by_whoever_has_an_agreement(rows: Any) -> None:
    query = """
        SELECT gigs.title, gigs.seats_taken, count(applications.id)
          FROM gigs LEFT JOIN applications
            ON applications.gig_id = gigs.id AND applications.state = 'accepted'
         GROUP BY gigs.id, gigs.title, gigs.seats_taken HAVING gigs.seats_taken <> count(applications.id)
    """
    assert rows(query) == []
    assert rows("SELECT title FROM gigs WHERE state = 'filled' AND seats_taken < seats") == []


def test_facts_are_in_the_order_in_which_they_happened(rows: Any) -> None:
    query = """
        SELECT count(*) FROM (
            SELECT created_at, lag(created_at) OVER (PARTITION BY tenant_id ORDER BY id) AS before FROM activities
        ) facts WHERE before > created_at
    """
    assert rows(query) == [(0,)]


def test_a_second_time_changes_nothing(seeded: Flask, rows: Any) -> None:
    before = rows("SELECT count(*), max(id::text) FROM activities")
    assert seed_demo() == []
    assert rows("SELECT count(*), max(id::text) FROM activities") == before


def test_a_demo_account_has_something_to_read_and_to_do(rows: Any) -> None:
    mine = """
        SELECT count(*) FROM thread_marks JOIN members ON members.id = thread_marks.member_id
          JOIN users ON users.id = members.user_id
         WHERE users.email = 'member@example.com' AND thread_marks.unread > 0
         GROUP BY thread_marks.tenant_id
    """
    assert min(rows(mine))[0] >= 2


def test_the_demo_accounts_have_news_and_nobody_gets_mail_of_the_past(rows: Any) -> None:
    unread = """
        SELECT members.unread_count, count(notifications.id) FROM members JOIN users ON users.id = members.user_id
          LEFT JOIN notifications ON notifications.member_id = members.id
           AND notifications.listed AND notifications.read_at IS NULL
         WHERE users.email = 'member@example.com' GROUP BY members.id, members.unread_count
    """
    assert all(1 <= counted == found <= 12 for counted, found in rows(unread))
    mails = "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'mail' OR task_name LIKE 'notifications.%'"
    assert rows("SELECT count(*) FROM dispatches") == rows(mails) == [(0,)]
