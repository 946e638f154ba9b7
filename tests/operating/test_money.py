"""What operators see and do about money, and that nobody else does."""

import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import select, text, update
from structlog.testing import capture_logs

from app.accounts.models import IdentitySession, User
from app.cli import guildhall
from app.core import clock
from app.core.database import db
from app.core.languages import LANGUAGES
from app.factory import Guildhall
from app.operating.models import OperatorAction
from app.operating.reads import _SIZE
from billing.connections import Connection
from billing.inbox import InboxEvent
from billing.operations import Operation
from billing.owners import own
from billing.reconciling import Comparison, Found
from billing.sweeping import KEPT, NAMES_KEPT, sweep
from tenants.context import tenant_context
from tests.app_fixtures import HallClient, sign_in_on_platform
from tests.factories import a_hall, a_leader, a_user, acting

PAGES = ["", "/operations", "/differences", "/accounts", "/log"]


@pytest.fixture
def site(committing):
    committing.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    committing.test_client_class = HallClient
    return committing


def console(site, *command):
    @contextmanager
    def application():
        yield site

    db.session.commit()
    return CliRunner().invoke(guildhall, ["operator", *command], obj=application)


def signed_in(site, user):
    client = site.test_client()
    client.host = "localhost"
    sign_in_on_platform(client, user)
    return client


@pytest.fixture
def operator(site):
    user = a_user("Orla Finch")
    assert console(site, "add", user.email, "--reason", "runs the machine").exit_code == 0
    return signed_in(site, user)


def an_event(number=1, *, state="failed", problem="Unclear: no answer", **columns):
    db.session.add(
        InboxEvent(
            source="connect",
            event_id=f"evt_{number}",
            type="customer.subscription.updated",
            **{"account": "acct_1", "object_kind": "account", "object_id": f"sub_{number}"} | columns,
            created_at=clock.now(),
            received_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=number),
            state=state,
            tries=9 if state == "failed" else 0,
            problem=problem,
        )
    )
    db.session.commit()


def test_to_everybody_but_operators_there_is_nothing(site, operator):
    sam = signed_in(site, a_user("Sam Reyes"))
    visitor = site.test_client()
    visitor.host = "localhost"
    for client in (sam, visitor):
        assert {client.get(f"/operator/money{page}").status_code for page in PAGES} == {404}
        assert client.post("/operator/money/replays", data={"which": "failed"}).status_code == 404
        assert client.post("/operator/money/comparisons").status_code == 404
    assert {operator.get(f"/operator/money{page}").status_code for page in PAGES} == {200}
    assert console(site, "remove", "orla-finch@example.org", "--reason", "left us").exit_code == 0
    assert operator.get("/operator/money").status_code == 404


def test_only_the_console_makes_an_operator(site, fresh_database):
    user = a_user("Sam Reyes")
    with psycopg.connect(fresh_database.app_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("INSERT INTO operators VALUES (%s, now(), 'me')", (user.id,))
    assert "say why" in console(site, "add", user.email, "--reason", " ").output
    assert "nobody signs in" in console(site, "add", "nobody@example.org", "--reason", "a slip").output
    assert console(site, "add", user.email, "--reason", "on call").exit_code == 0
    assert "sam-reyes@example.org  on call" in console(site, "list").output


def test_who_signed_in_long_ago_signs_in_anew(site, operator):
    db.session.execute(update(IdentitySession).values(created_at=clock.now() - timedelta(hours=13)))
    db.session.commit()
    page = operator.get("/operator/money")
    assert page.status_code == 403
    assert "Sign in once more" in page.text
    assert operator.post("/operator/money/replays", data={"which": "failed"}).status_code == 403


def test_events_are_found_by_object_event_and_account_and_paged(site, operator):
    for number in range(_SIZE + 2):
        an_event(number, state="failed" if number % 2 else "done")
    first = operator.get("/operator/money").text
    assert first.count("customer.subscription.updated") == _SIZE
    older = operator.get(first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")).text
    assert older.count("customer.subscription.updated") == 2
    newer = operator.get(older.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")).text
    assert f"sub_{_SIZE + 1}<" in newer
    for asked in ("evt_7", "sub_7"):
        assert operator.get(f"/operator/money?q={asked}").text.count("customer.subscription.updated") == 1
    assert operator.get("/operator/money?q=acct_1").text.count("customer.subscription.updated") == _SIZE
    assert operator.get("/operator/money?state=failed").text.count("customer.subscription.updated") == (_SIZE + 2) // 2
    assert "No such event" in operator.get("/operator/money?q=evt_none").text


@pytest.mark.parametrize(
    "asked", ["q=%00", "q=" + "x" * 5000, "at=%00", "at=e30", "state=%00", "state=nothing", "q=%E2%80%AEa"]
)
def test_no_question_breaks_the_page(site, operator, asked):
    for page in PAGES:
        assert operator.get(f"/operator/money{page}?{asked}").status_code in (200, 422)


def test_a_failed_event_is_followed_once_more_and_that_is_noted(site, operator):
    an_event(1)
    an_event(2)
    an_event(3, state="done", problem="")
    page = operator.get("/operator/money?state=failed").text
    assert "Unclear: no answer" in page
    assert "9 failed tries" in page
    assert operator.post("/operator/money/replays", data={"source": "connect", "event_id": "evt_1"}).status_code == 302
    assert db.session.get(InboxEvent, ("connect", "evt_1")).state == "waiting"
    operator.post("/operator/money/replays", data={"which": "failed"})
    assert set(db.session.scalars(select(InboxEvent.state))) == {"waiting", "done"}
    waiting = text("SELECT args->>'event_id' FROM procrastinate_jobs WHERE task_name = 'billing.hand_on' ORDER BY id")
    assert list(db.session.scalars(waiting)) == ["evt_1", "evt_2"]
    noted = db.session.execute(select(OperatorAction.verb, OperatorAction.about).order_by(OperatorAction.at)).all()
    assert noted == [("replayed", "connect evt_1"), ("replayed_failed", "1")]
    log = operator.get("/operator/money/log").text
    assert "orla-finch@example.org" in log
    assert "Had an event followed once more" in log


@pytest.mark.parametrize(
    "sent", [{}, {"source": "connect", "event_id": "evt_9"}, {"source": "\0", "event_id": "\0"}, {"which": "all"}]
)
def test_what_is_no_event_is_not_followed(site, operator, sent):
    assert operator.post("/operator/money/replays", data=sent).status_code in (404, 422)
    assert db.session.scalars(select(OperatorAction.id)).all() == []


def _in_a_hall(slug):
    with tenant_context(a_hall(slug)):
        leader = acting(a_leader(f"Ines {slug}"))
        own(f"acct_{slug}")
        db.session.add(
            Connection(
                account_id=f"acct_{slug}",
                country="FR",
                begun_by=leader.id,
                begun_at=clock.now(),
                due=["company.tax_id"],
            )
        )
        db.session.add(
            Operation(
                kind="customer",
                subject=f"of {slug}",
                key=leader.id,
                params={"email": "maya@example.org"},
                begun_at=clock.now(),
            )
        )
        db.session.add(
            Found(
                kind="account", object_id=f"acct_{slug}", what="standing", ours="lacking", theirs="ready",
                found_at=clock.now(), seen_at=clock.now(), state="stands", problem="Unclear: no answer",
            )
        )  # fmt: skip
        db.session.add(
            Comparison(kind="refund", until=clock.now(), ended_at=clock.now(), problem="account_invalid: revoked")
        )
        db.session.commit()


def test_rows_of_all_marketplaces_are_seen_as_the_operators_role_and_each_look_is_logged(site, operator):
    _in_a_hall("printers")
    _in_a_hall("gilders")
    an_event(1, account="acct_gilders")
    with capture_logs() as logs:
        pages = {page: operator.get(f"/operator/money{page}").text for page in PAGES}
    for page in ("/operations", "/differences", "/accounts"):
        assert "Printers" in pages[page], page
        assert "Gilders" in pages[page], page
    assert "Gilders" in pages[""]
    assert re.search(r"Here: \W?lacking\W?. At Stripe: \W?ready", pages["/differences"])
    assert "account_invalid: revoked" in pages["/differences"]
    assert "company.tax_id" in pages["/accounts"]
    # What was asked of Stripe may be about a person.
    assert "maya@example.org" not in "".join(pages.values())
    looks = [line for line in logs if line["event"] == "across tenants"]
    who = str(db.session.scalars(select(User.id).where(User.name == "Orla Finch")).one())
    assert len(looks) == len(PAGES)
    assert {line["by"] for line in looks} == {who}
    assert not any(line["writes"] for line in looks)


def test_without_the_operators_role_the_inbox_is_there_and_the_rest_says_what_it_needs(site, operator):
    an_event(1)
    settings = site.extensions["guildhall"].config
    site.extensions["guildhall"] = Guildhall(replace(settings, database_operator_url=""))
    assert "sub_1" in operator.get("/operator/money").text
    assert "DATABASE_OPERATOR_URL" in operator.get("/operator/money/operations").text


def test_comparing_now_is_asked_for_once_and_noted(site, operator):
    for _ in range(2):
        assert operator.post("/operator/money/comparisons").status_code == 302
    asked = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'billing.reconcile_all'")
    assert db.session.execute(asked).scalar_one() == 1
    assert set(db.session.scalars(select(OperatorAction.verb))) == {"compared"}


def test_operators_read_the_pages_in_their_language(site, operator):
    _in_a_hall("printers")
    english = operator.get("/operator/money/differences").text
    for language in set(LANGUAGES) - {"en"}:
        page = operator.get("/operator/money/differences", headers={"Accept-Language": language}).text
        assert f'lang="{language}"' in page
        assert "Not healed" not in page
    assert "Not healed" in english


def test_old_events_are_emptied_then_forgotten_and_a_replay_says_why_it_cannot(site, operator):
    an_event(1, state="done", problem="", hangs_on=["cus_1"])
    an_event(2, state="failed")
    an_event(3, state="waiting", problem="")
    came = datetime(2026, 11, 1, 1, tzinfo=UTC)
    assert sweep(now=came + NAMES_KEPT - timedelta(days=1)) == 0
    assert sweep(now=came + NAMES_KEPT) == 1
    db.session.commit()
    swept = db.session.get_one(InboxEvent, ("connect", "evt_1"))
    assert (swept.object_id, swept.hangs_on, swept.state, swept.account) == ("", [], "done", "acct_1")
    page = operator.get("/operator/money").text
    assert "What it was about was swept on" in page
    assert page.count("Follow once more") == 2
    answer = operator.post("/operator/money/replays", data={"source": "connect", "event_id": "evt_1"})
    assert answer.status_code == 409
    assert "what it was about is no longer kept" in answer.text
    sweep(now=came + KEPT)
    assert [one.event_id for one in db.session.scalars(select(InboxEvent))] == ["evt_3"], "what waits is never swept"
