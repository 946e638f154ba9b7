"""The pages of memberships: a leader makes tiers and sells them, a member buys, changes, ends and pays again."""

import re
import urllib.request
from urllib.parse import urlencode

import pytest

from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.memberships.buying import bought_membership
from app.memberships.models import Membership, Tier, TierPrice
from app.memberships.queries import every_tier
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, acting
from tests.memberships.conftest import a_tier
from tests.stripe.subscriptions import change_card

TIER = {"name": "Journeyman", "pitch": "For whoever lives from it", "includes": "The workshop\nThe library"}


@pytest.fixture
def sam(shop):
    return a_member("Sam Reyes")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split("</main>", 1)[0]).split())


def finish(url, card="pm_card_visa", **more):
    """Send the form of the stand-in's page; return where it leads, as a path with its query."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    data = urlencode({"card": card, "email": "somebody@example.org", **more}).encode()
    try:
        with urllib.request.build_opener(Stay).open(url, data) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return re.sub(r"^https?://[^/]+", "", answer.headers["Location"] or "")


def test_a_leader_writes_prices_orders_sells_and_closes_tiers(hall, money, browser):
    leader = a_leader()
    ines = browser(leader)
    assert "No tier yet" in ines.get("/desk/memberships").text
    answer = ines.post("/desk/memberships", data=TIER | {"trial_days": "14", "posts_a_month": "5"})
    where = answer.headers["Location"].partition("#")[0]
    (tier,) = every_tier()
    assert (tier.includes, tier.trial_days, tier.posts_a_month, tier.alerts) == (
        ["The workshop", "The library"],
        14,
        5,
        None,
    )
    answer = ines.post(f"{where}/publication")
    assert (answer.status_code, "It has no price yet" in answer.text) == (409, True)
    for interval, amount, currency in (("month", "9", "EUR"), ("year", "90", "EUR"), ("month", "9.50", "USD")):
        ines.post(f"{where}/prices", data={"interval": interval, "amount": amount, "currency": currency})
    page = words(ines.get(where).text)
    assert [word for word in ("€9 a month", "€90 a year", "$9.50 a month") if word not in page] == []
    # Nothing is sold before Stripe lets the leader charge; the page says so, and where to go.
    answer = ines.post(f"{where}/publication")
    assert (answer.status_code, "the account at Stripe is not ready" in answer.text) == (409, True)
    assert "Nothing can be sold yet" in ines.get("/desk/memberships").text
    assert tier.state == "draft"
    too_little = ines.post(f"{where}/prices", data={"interval": "month", "amount": "0.10", "currency": "EUR"})
    assert too_little.status_code == 422
    second = ines.post("/desk/memberships", data=TIER | {"name": "Master"}).headers["Location"].partition("#")[0]
    ines.post(f"{second}/position", data={"to": "up"})
    assert [one.name for one in every_tier()] == ["Master", "Journeyman"]
    ines.post(f"{second}/closure")
    assert [one.name for one in every_tier()] == ["Journeyman", "Master"]
    ines.post(where, data=TIER | {"name": "Fellow"})
    assert every_tier()[0].name == "Fellow"


def test_what_is_on_sale_keeps_a_price(shop, browser):
    ines = browser(
        db.session.merge(db.session.get(type(a_member("Ada Adams")), (shop.leader.tenant_id, shop.leader.id)))
    )
    for price in shop.journeyman.prices[:-1]:
        assert ines.post(f"/desk/memberships/prices/{price.id}/removal").status_code == 302
    answer = ines.post(f"/desk/memberships/prices/{shop.journeyman.prices[0].id}/removal")
    assert answer.status_code == 409
    assert len(shop.journeyman.prices) == 1
    old = db.session.query(TierPrice).filter(scoped(TierPrice), TierPrice.archived_at.is_not(None)).first()
    assert ines.post(f"/desk/memberships/prices/{old.id}/removal").status_code == 404


def test_a_member_sees_buys_and_comes_back_a_member(shop, sam, browser):
    theirs = browser(sam)
    assert 'href="/membership"' in theirs.get("/settings").text
    page = words(theirs.get("/membership").text)
    assert [word for word in ("Journeyman €9 a month", "Master €15 a month") if word not in page] == []
    assert "Journeyman €90 a year" in words(theirs.get("/membership?per=year").text)
    answer = theirs.post(f"/membership/prices/{shop.price().id}/purchase")
    assert answer.status_code == 303
    finish(answer.headers["Location"], "pm_card_chargeDeclined")
    asked = finish(answer.headers["Location"], "pm_card_authenticationRequired")
    assert "Your bank asks" in asked
    back = finish(answer.headers["Location"], "pm_card_authenticationRequired", bank="yes")
    assert back.startswith("/membership/return?session=cs_")
    # No webhook has come yet.
    answer = theirs.get(back)
    assert answer.status_code == 302
    page = words(theirs.get("/membership").text)
    told = ("Your membership has begun", "Journeyman Running", "for €9 a month", "What you have paid")
    assert [word for word in told if word not in page] == []
    assert theirs.post(f"/membership/prices/{shop.price(shop.master).id}/purchase").status_code == 409
    # Somebody else's page is nobody else's way to a membership.
    assert browser(a_member("Ada Adams")).get(back).status_code == 404


def test_nobody_is_asked_to_pay_for_what_they_were_given(shop, sam, browser):
    given = Membership(id=new_id(), member_id=sam.id, tier_id=shop.journeyman.id, source="complimentary")
    db.session.add(given)
    given.begin(now=clock.now())
    db.session.commit()
    page = browser(sam).get("/membership").text
    assert f"/membership/prices/{shop.price().id}/purchase" not in page
    assert f"/membership/prices/{shop.price(shop.master).id}/purchase" in page
    assert "It is yours for good" in page


def test_a_member_changes_ends_and_goes_on(shop, sam, browser):
    shop.sell(sam)
    theirs, dearer = browser(sam), shop.price(shop.master)
    page = theirs.get(f"/membership/prices/{dearer.id}/change")
    assert "To pay now €6" in words(page.text)
    shown = re.search(r'name="shown" value="([^"]+)"', page.text)[1]
    assert theirs.post(f"/membership/prices/{dearer.id}/change", data={"shown": "x" + shown}).status_code == 422
    assert theirs.post(f"/membership/prices/{dearer.id}/change", data={"shown": shown}).status_code == 302
    assert bought_membership(sam.id).tier_id == shop.master.id
    theirs.post("/membership/cancellation")
    assert "It ends on" in words(theirs.get("/membership").text)
    theirs.post("/membership/resumption")
    assert "It goes on by itself" in words(theirs.get("/membership").text)
    answer = theirs.post("/membership/portal")
    with urllib.request.urlopen(answer.headers["Location"]) as portal:
        shown = portal.read().decode()
    # Ended and changed is here, where what it costs is said first.
    assert [word in shown for word in ("Pay with", "G-0001", "Cancel at the end")] == [True, True, False]


def test_whoever_owes_is_told_until_when_and_a_new_card_heals_it(shop, sam, browser, outbox):
    shop.sell(sam, card="pm_card_chargeCustomerFail")
    shop.money.days_pass(32)
    shop.money.arrive()
    theirs = browser(sam)
    page = words(theirs.get("/membership").text)
    assert [word for word in ("Not paid", "You keep everything until") if word not in page] == []
    change_card(shop.world, shop.account, shop.all("customer")[0], "pm_card_visa")
    shop.money.arrive()
    assert "It goes on by itself" in words(theirs.get("/membership").text)


def test_when_stripe_does_not_answer_nothing_is_lost(shop, sam, browser):
    theirs = browser(sam)
    shop.money.fake.faults.plan("busy", "POST /v1/checkout/sessions", times=9)
    answer = theirs.post(f"/membership/prices/{shop.price().id}/purchase")
    assert (answer.status_code, "Nothing is lost" in answer.text) == (503, True)
    shop.money.fake.faults.planned.clear()
    assert theirs.post(f"/membership/prices/{shop.price().id}/purchase").status_code == 303


def test_without_keys_every_page_says_so_and_the_rest_works(hall, browser):
    leader = acting(a_leader())
    tier = a_tier(leader, "Journeyman", 900)
    tier.state = "selling"
    db.session.commit()
    theirs = browser(a_member("Sam Reyes"))
    assert "It cannot be bought at the moment" in theirs.get("/membership").text
    assert theirs.post(f"/membership/prices/{tier.prices[0].id}/purchase").status_code == 409
    ines = browser(a_leader("Ada Adams"))
    assert "Payments are not set up here" in ines.get("/desk/memberships").text
    assert ines.post("/desk/memberships", data=TIER).status_code == 302


def test_tiers_are_the_leaders_alone_and_visitors_see_what_they_may(hall, money, browser):
    leader = acting(a_leader())
    tier = a_tier(leader, "Journeyman", 900)
    db.session.commit()
    price = tier.prices[0]
    for member in (a_member("Sam Reyes"), a_member("Ada Adams", roles=("admin",))):
        theirs = browser(member)
        assert theirs.get("/desk/memberships").status_code == 403
        assert theirs.post("/desk/memberships", data=TIER).status_code == 403
        assert theirs.post(f"/desk/memberships/prices/{price.id}/removal").status_code == 403
        # A draft is not for sale to whoever knows its name.
        assert theirs.post(f"/membership/prices/{price.id}/purchase").status_code == 409
    visitor = browser()
    page = visitor.get("/membership")
    assert "There are no memberships here" in page.text
    assert visitor.post(f"/membership/prices/{price.id}/purchase").status_code == 302
    assert db.session.query(Tier).filter(scoped(Tier)).one().state == "draft"
    assert clock.now() > tier.created_at
