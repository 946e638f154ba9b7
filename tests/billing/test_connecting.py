"""A leader connects an account at Stripe, and sells nothing before it may charge."""

import csv
import re
import urllib.request
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from billing.connections import CannotCharge, Connection, charging_connection, connect, connection
from billing.gateway import Unclear
from billing.inbox import InboxEvent
from billing.jobs import reconcile_all
from billing.ledger import Line, post
from tenants.context import platform_context, tenant_context
from tests.factories import a_leader, a_member, acting, run_jobs
from tests.stripe.accounts import disconnect, set_stage
from tests.stripe.server import a_fake, running
from tests.stripe.world import PLATFORM


@pytest.fixture
def ines(hall, browser):
    return browser(a_leader())


@pytest.fixture
def lasting(committing, busy_hall):
    """A marketplace whose transactions really commit, beside the stand-in: (the stand-in, its leader)."""
    with running(a_fake()) as fake:
        guildhall = committing.extensions["guildhall"]
        settings = replace(guildhall.config, stripe_key="sk_test_fake", stripe_url=fake.world.base)
        committing.extensions["guildhall"] = Guildhall(settings)
        leader = acting(a_leader())
        db.session.commit()
        yield fake, leader


def begin(browser, country="FR"):
    answer = browser.post("/desk/money/connection", data={"country": country})
    return answer.headers.get("Location", ""), answer


def answer_stripe(url, stage):
    """Answer on Stripe's page, as its form does; return where it leads."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    try:
        urllib.request.build_opener(Stay).open(url, urlencode({"stage": stage}).encode())
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]
    raise AssertionError("it should lead back")


def accounts(money):
    return money.fake.world.all(PLATFORM, "account")


def standing():
    db.session.expire_all()
    return connection().standing


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_leader_connects_gives_what_is_missing_and_may_sell(hall, money, ines):
    page = ines.get("/desk/money").text
    assert "This is only a rehearsal" in page
    url, _ = begin(ines)
    assert url.startswith(f"{money.fake.world.base}/setup/acct_")
    assert (standing(), connection().country) == ("unfinished", "FR")
    with pytest.raises(CannotCharge):
        charging_connection()

    back = answer_stripe(url, "papers")
    page = words(ines.get(back.partition(":8000")[2]).text)
    assert standing() == "lacking"
    assert "Something is missing" in page
    assert "A picture of an identity document" in page

    answer_stripe(begin(ines)[0], "complete")
    page = words(ines.get("/desk/money?from=stripe").text)
    assert "You can sell" in page
    assert charging_connection().account_id == accounts(money)[0]["id"]
    assert len(accounts(money)) == 1


def test_what_stripe_tells_later_is_followed_in_any_order(hall, money, ines):
    url, _ = begin(ines)
    answer_stripe(url, "checking")
    first = money.events()
    account = accounts(money)[0]
    set_stage(money.fake.world, account, "complete")
    second = money.events()
    # The newer comes first, and twice: whatever comes, we look how it stands.
    for source, body in [*second, *first, *second]:
        assert money.deliver(body, source=source).status_code == 200
    run_jobs()
    assert standing() == "ready"
    assert set(db.session.scalars(select(InboxEvent.state))) == {"done"}
    set_stage(money.fake.world, account, "rejected")
    money.arrive()
    assert standing() == "refused"
    assert "only Stripe can say why" in words(ines.get("/desk/money").text).replace("Only", "only")


def test_a_webhook_that_never_came_is_made_up_for_at_night(hall, money, ines):
    begin(ines)
    set_stage(money.fake.world, accounts(money)[0], "complete")
    money.fake.world.untold.clear()
    assert standing() == "unfinished"
    db.session.commit()
    with platform_context():
        reconcile_all()
        db.session.commit()
    run_jobs()
    assert standing() == "ready"


def test_an_account_taken_away_at_stripe_sells_nothing_more_and_another_can_be_connected(hall, money, ines):
    answer_stripe(begin(ines)[0], "complete")
    money.arrive()
    assert charging_connection()
    disconnect(money.fake.world, accounts(money)[0])
    money.arrive()
    assert standing() == "disconnected"
    with pytest.raises(CannotCharge):
        charging_connection()
    assert "no longer connected" in words(ines.get("/desk/money").text)
    answer_stripe(begin(ines, "DE")[0], "complete")
    money.arrive()
    assert (standing(), connection().country) == ("ready", "DE")
    assert db.session.execute(select(func.count()).select_from(Connection)).scalar_one() == 2


def test_when_stripe_does_not_answer_the_page_says_that_nothing_is_lost(hall, money, ines):
    money.fake.faults.plan("busy", "POST /v1/accounts")
    _, answer = begin(ines)
    assert answer.status_code == 503
    assert "Nothing is lost" in answer.text
    assert connection() is None


@pytest.mark.parametrize("fault", ["unanswered", "broken after", "unheard", "busy"])
def test_whatever_happens_on_the_way_one_account_is_opened(lasting, fault):
    fake, leader = lasting
    fake.faults.plan(fault, "POST /v1/accounts", times=3)
    with pytest.raises(Unclear):
        connect("FR", by=leader, now=clock.now())
    # As a request does that fails: all it wrote is undone, but not what it had asked for.
    db.session.rollback()
    fake.faults.planned.clear()
    connect("FR", by=leader, now=clock.now())
    db.session.commit()
    assert [account["id"] for account in fake.world.all(PLATFORM, "account")] == [connection().account_id]


def test_two_leaders_who_connect_at_the_same_moment_open_one_account(lasting, at_once):
    fake, leader = lasting

    at_once(*[partial(connect, "FR", by=leader, now=clock.now())] * 4)
    assert [account["id"] for account in fake.world.all(PLATFORM, "account")] == [connection().account_id]


def test_a_link_to_stripe_that_has_expired_leads_back_and_on(hall, money, ines):
    url, _ = begin(ines)
    with urllib.request.urlopen(url) as opened:
        assert "Still asked for" in opened.read().decode()
    money.fake.world.offset += 600
    page = ines.get("/desk/money?from=expired").text
    assert "had expired" in page
    assert begin(ines)[0] != url


def test_a_country_that_stripe_does_not_serve_is_no_choice(hall, money, ines):
    for country in ("KP", ""):
        _, answer = begin(ines, country)
        assert answer.status_code == 422
        assert ("Choose the country in which you do business." in answer.text) is (country == "")
    assert accounts(money) == []


def test_money_is_the_leaders_alone(hall, money, browser):
    for member in (a_member("Sam Reyes"), a_member("Ada Adams", roles=("admin",))):
        theirs = browser(member)
        assert theirs.get("/desk/money").status_code == 403
        assert theirs.get("/desk/money/books.csv").status_code == 403
        assert theirs.post("/desk/money/connection", data={"country": "FR"}).status_code == 403


def test_an_account_of_one_marketplace_is_nothing_in_another(hall, other_hall, money, ines):
    begin(ines)
    db.session.commit()
    with tenant_context(other_hall):
        assert connection() is None
        with pytest.raises(CannotCharge):
            charging_connection()
        db.session.commit()


def test_without_keys_the_page_says_so(hall, ines):
    page = ines.get("/desk/money")
    assert "Payments are not set up here" in page.text
    assert ines.post("/desk/money/connection", data={"country": "FR"}).status_code == 409


def test_the_page_and_the_file_say_what_the_books_say(hall, money, ines):
    lines = [Line("stripe", 861), Line("fees.stripe", 39), Line("memberships", -900)]
    post("payment", "in_1", lines, currency="EUR", happened_at=clock.now(), now=clock.now())
    page = words(ines.get("/desk/money").text)
    assert "At Stripe €8.61" in page
    assert "Memberships €9" in page
    answer = ines.get("/desk/money/books.csv")
    assert (answer.mimetype, "designers-books.csv" in answer.headers["Content-Disposition"]) == ("text/csv", True)
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert [(row["account"], row["debit"] or row["credit"]) for row in rows] == [
        ("stripe", "8.61"), ("fees.stripe", "0.39"), ("memberships", "9.00"),
    ]  # fmt: skip
