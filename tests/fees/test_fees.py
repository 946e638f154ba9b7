"""A gig that costs a fee waits for it with everything kept, goes live when it is paid, and gets it back when refused."""

from dataclasses import replace

import pytest

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from app.fees.asking import FeeDue, NothingToPay, featured_until
from app.fees.comparing import compare_pages
from app.fees.models import GigPurchase
from app.fees.prices import ask_for
from app.gigs.models import Gig
from billing.following import follow
from billing.statements import balance, balances
from tenants.isolation import scoped
from tenants.models import Member
from tests.app_fixtures import sign_in
from tests.factories import a_category, a_gig, a_leader, a_member, a_published_gig, acting, run_jobs
from tests.stripe.problems import Declined

LINKS = {"success_url": "http://designers.localhost/back", "cancel_url": "http://designers.localhost/away"}


@pytest.fixture
def keeps_ten_percent(till, app):
    before = app.extensions["guildhall"]
    app.extensions["guildhall"] = Guildhall(replace(before.config, membership_fee=1000))
    yield
    app.extensions["guildhall"] = before


def a_draft(name="Maya Okafor", **columns):
    return a_gig(by=a_member(name), **columns)


def author_of(gig):
    return db.session.get_one(Member, (gig.tenant_id, gig.author_id))


def purchases():
    return db.session.scalars(db.select(GigPurchase).where(scoped(GigPurchase)).order_by(GigPurchase.id)).all()


def books():
    return {one.account: one.amount for one in balances()}


def test_a_gig_waits_for_its_fee_and_goes_live_when_it_is_paid(till, keeps_ten_percent):
    gig = a_draft()
    with pytest.raises(FeeDue):
        gig.publish(by=author_of(gig))
    db.session.rollback()
    session = till.open_page(gig)
    assert gig.state == "draft"
    till.pay(session)
    till.money.arrive()
    db.session.expire_all()
    assert gig.state == "open"
    # 500 less 1.5 % and 25 cents for Stripe, ten per cent for the platform.
    assert books() == {"stripe": 417, "fees.stripe": 33, "fees.platform": 50, "fees.listing": -500}
    assert balance("fees.listing", "EUR", party_id=gig.author_id) == -500
    with pytest.raises(NothingToPay):
        till.open_page(gig)


def test_who_comes_back_before_the_webhook_is_followed_once_and_a_webhook_twice_too(till):
    gig = a_draft()
    session = till.open_page(gig)
    till.pay(session)
    for _ in range(2):
        follow("connect", "checkout.session", session["id"], till.account, now=clock.now())
    till.money.arrive()
    db.session.expire_all()
    assert (gig.state, [one.state for one in purchases()]) == ("open", ["paid"])
    assert books()["fees.listing"] == -500


def test_a_page_left_open_or_declined_keeps_nobody_from_paying_on_another(till):
    gig = a_draft()
    first = till.open_page(gig)
    with pytest.raises(Declined):
        till.pay(first, "pm_card_chargeDeclined")
    second = till.open_page(gig)
    assert first["status"] == "expired"
    till.pay(second)
    till.money.arrive()
    assert sorted(one.state for one in purchases()) == ["closed", "paid"]


def test_what_was_paid_while_nobody_looked_is_found_at_the_next_try_and_at_night(till):
    gig = a_draft()
    till.pay(till.open_page(gig))
    till.money.events()
    with pytest.raises(NothingToPay):
        till.open_page(gig)
    db.session.rollback()
    later = clock.now().replace(year=clock.now().year + 1)
    (found,) = compare_pages(later)
    assert (found.kind, found.theirs) == ("checkout.session", "complete")
    follow("connect", "checkout.session", found.object_id, till.account, now=clock.now())
    assert gig.state == "open"


def test_a_gig_that_is_refused_gets_its_fee_back_and_asks_for_it_anew(till, outbox):
    category = a_category("Careful", posting_rule="reviewed")
    gig = a_draft(category=category)
    till.buy(gig)
    assert gig.state == "in_review"
    gig.hand_back(by=till.leader, why="Say more.")
    db.session.commit()
    run_jobs()
    till.money.arrive()
    db.session.expire_all()
    assert (gig.state, [one.state for one in purchases()]) == ("draft", ["given_back"])
    assert balance("fees.listing", "EUR") == 0
    with pytest.raises(FeeDue):
        gig.publish(by=author_of(gig))


def test_a_category_may_cost_something_else_and_leaders_pay_nothing(till):
    free, dear = a_category("Free"), a_category("Dear")
    till.ask({("listing", None): 500, ("listing", free.id): 0, ("listing", dear.id): 900})
    a_draft("Ada Adams", category=free).publish(by=a_member("Ada Ames"))
    gig = a_draft(category=dear)
    assert till.open_page(gig)["amount_total"] == 900
    db.session.commit()
    own = a_gig(by=a_leader("Leo Lund"), category=dear)
    own.publish(by=author_of(own))
    assert own.state == "open"


def test_what_is_featured_stands_above_the_list_until_its_days_are_over(till, client):
    till.ask({("featured", None): 1000})
    gig = a_published_gig(by=a_member(), title="Paint the boathouse")
    assert "Their authors paid for this place, or their membership includes it." not in client.get("/gigs").text
    till.buy(gig, "featured")
    assert (featured_until(gig.id, now=clock.now()) - clock.now()).days in (6, 7)
    page = client.get("/gigs").text
    assert "Their authors paid for this place, or their membership includes it." in page
    assert page.count("Paint the boathouse") == 2
    assert (
        "Their authors paid for this place, or their membership includes it."
        not in client.get("/gigs?q=boathouse").text
    )
    till.buy(gig, "featured")
    assert (featured_until(gig.id, now=clock.now()) - clock.now()).days in (13, 14)
    till.money.days_pass(15)
    assert featured_until(gig.id, now=clock.now()) is None
    assert books()["fees.featured"] == -2000


def test_without_an_account_that_may_charge_nothing_is_asked(hall, client):
    leader = acting(a_leader())
    ask_for({("listing", None): 500}, days=7, by=leader)
    gig = a_draft()
    gig.publish(by=author_of(gig))
    assert db.session.get_one(Gig, (gig.tenant_id, gig.id)).state == "open"


def test_leaders_set_prices_and_authors_read_them_before_they_post(till, client):
    gig = a_draft()
    sign_in(client, author_of(gig))
    assert "Pay and post" in client.get(f"/gigs/{gig.id}/preview").text
    assert client.get("/desk/money/gigs").status_code == 403
    answer = client.post(f"/gigs/{gig.id}/fees/listing")
    assert (answer.status_code, till.money.fake.world.base in answer.headers["Location"]) == (303, True)
    back = client.get(f"/fees/{gig.id}/listing", follow_redirects=True)
    assert "It is not paid yet. Everything is kept." in back.text
    sign_in(client, a_leader("Petra Lindqvist"))
    assert client.get("/desk/money/gigs").status_code == 200
    assert client.post("/desk/money/gigs", data={"listing": "0.20", "days": "7"}).status_code == 422
    assert client.post("/desk/money/gigs", data={"listing": "", "days": "7"}).status_code == 302
    db.session.expire_all()
    gig.publish(by=author_of(gig))
    assert gig.state == "open"
