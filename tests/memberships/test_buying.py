"""A member buys a tier, once, whatever happens on the way; and what was bought is in the books to the cent."""

from dataclasses import replace

import pytest

from app.core import clock
from app.core.database import db
from app.factory import Guildhall
from app.memberships.buying import bought_membership
from app.memberships.changing import cancel
from app.memberships.failures import AlreadyMember, NoPrice, NotForSale
from app.memberships.models import Membership, Payment, Purchase, Tier, current_membership
from app.memberships.references import purchase_named, reference
from billing.connections import CannotCharge
from billing.following import follow
from billing.statements import balance, balances
from tenants.context import tenant_context
from tenants.isolation import scoped
from tests.factories import a_leader, a_member, acting
from tests.memberships.conftest import a_tier
from tests.stripe import checkout
from tests.stripe.checkout import NeedsOwner
from tests.stripe.problems import Declined
from tests.stripe.returning import create
from tests.stripe.routing import Call
from tests.stripe.subscriptions import begin, end


@pytest.fixture
def sam(shop):
    return a_member("Sam Reyes")


@pytest.fixture
def keeps_ten_percent(app):
    before = app.extensions["guildhall"]
    app.extensions["guildhall"] = Guildhall(replace(before.config, membership_fee=1000))
    yield
    app.extensions["guildhall"] = before


def memberships(**equal):
    db.session.expire_all()
    return db.session.query(Membership).filter(scoped(Membership)).filter_by(**equal).all()


def books():
    return {one.account: one.amount for one in balances()}


def test_what_is_bought_is_had_and_in_the_books(shop, sam, keeps_ten_percent):
    bought = shop.sell(sam)
    assert (bought.state, bought.tier_id, bought.source) == ("active", shop.journeyman.id, "bought")
    assert current_membership(sam.id) is bought
    assert (bought.paid_until - clock.now()).days in range(27, 32)
    # 900 less 1.5 % and 25 cents for Stripe, ten per cent for the platform.
    assert books() == {"stripe": 771, "fees.stripe": 39, "fees.platform": 90, "memberships": -900}
    assert balance("memberships", "EUR", party_id=sam.id) == -900
    assert shop.world.balance(shop.account, "eur", available=False) == 771
    assert db.session.query(Purchase).filter(scoped(Purchase)).one().state == "paid"


def test_nothing_is_sold_before_stripe_lets_us_charge_or_without_a_price(hall, money):
    leader = acting(a_leader())
    tier = a_tier(leader, "Journeyman", 900)
    with pytest.raises(CannotCharge):
        tier.publish(by=leader, now=clock.now())
    bare = Tier.draft(by=leader, now=clock.now(), name="Bare")
    with pytest.raises(NoPrice):
        bare.publish(by=leader, now=clock.now())
    assert (tier.state, bare.state) == ("draft", "draft")


def test_a_tier_that_is_closed_or_a_price_that_is_gone_is_not_sold_but_kept(shop, sam):
    bought, old = shop.sell(sam), shop.price()
    shop.journeyman.price("month", 1200, "EUR", by=shop.leader, now=clock.now())
    ada = a_member("Ada Adams")
    with pytest.raises(NotForSale):
        shop.open_page(ada, old)
    shop.money.days_pass(40)
    shop.money.arrive()
    assert books()["memberships"] == -1800
    shop.journeyman.close(by=shop.leader, now=clock.now())
    with pytest.raises(NotForSale):
        shop.open_page(ada)
    assert bought.state == "active"


def test_an_incomplete_subscription_blocks_no_checkout(shop, sam):
    """Whoever leaves Stripe's page, or whose bank says no, can begin again at once, as often as they like."""
    first = shop.open_page(sam)
    with pytest.raises(Declined):
        shop.pay(first, "pm_card_chargeDeclined")
    with pytest.raises(NeedsOwner):
        shop.pay(first, "pm_card_authenticationRequired")
    second = shop.open_page(sam)
    assert (first["status"], second["status"]) == ("expired", "open")
    # As another library, or the leader, would leave one behind.
    customer = shop.all("customer")[0]["id"]
    stripes = shop.world.of(shop.account, "price", shop.price().price_id)
    left = begin(shop.world, shop.account, shop.world.of(shop.account, "customer", customer), [(stripes, 1)])
    left["metadata"] = {"reference": second["client_reference_id"]}
    shop.world.tell(shop.account, "customer.subscription.created", left)
    shop.money.arrive()
    assert memberships() == []
    shop.pay(shop.open_page(sam))
    shop.money.arrive()
    assert bought_membership(sam.id).state == "active"


def test_one_person_is_one_customer(shop, sam):
    for _ in range(3):
        shop.open_page(sam)
    shop.pay(shop.all("checkout.session", status="open")[0])
    shop.money.arrive()
    assert len(shop.all("customer")) == 1
    shop.money.days_pass(1)
    assert shop.all("subscription")[0]["customer"] == shop.all("customer")[0]["id"]


def test_whoever_has_a_membership_buys_no_second(shop, sam):
    shop.sell(sam)
    with pytest.raises(AlreadyMember):
        shop.open_page(sam, shop.price(shop.master))
    assert len(shop.all("subscription")) == 1


def test_of_two_active_subscriptions_one_is_ended_and_given_back(shop, sam, keeps_ten_percent):
    """Two pages are never open at once; should Stripe have let both be paid all the same, one payment goes back."""
    first = shop.open_page(sam)
    first_reference = first["client_reference_id"]
    second = shop.open_page(sam)
    first |= {"status": "open", "client_reference_id": first_reference}
    shop.pay(first)
    shop.pay(second)
    shop.money.arrive()
    shop.money.arrive()
    assert len(memberships(state="active")) == 1
    assert sorted(one["status"] for one in shop.all("subscription")) == ["active", "canceled"]
    assert sum(one["amount"] - one["amount_refunded"] for one in shop.all("charge")) == 900
    assert books()["memberships"] + books()["refunds"] == -900
    assert books()["fees.platform"] == 90
    assert books()["stripe"] == shop.world.balance(shop.account, "eur", available=False)


def test_a_membership_goes_to_who_bought_it_whatever_address_they_give_at_stripe(shop, sam):
    """Nobody is found by an e-mail address: the one typed at Stripe may be anybody's."""
    ada = a_member("Ada Adams")
    session = shop.open_page(sam)
    checkout.pay(shop.world, shop.account, session, "pm_card_visa", email="ada-adams@example.org")
    shop.money.arrive()
    assert current_membership(ada.id) is None
    assert current_membership(sam.id).state == "active"


@pytest.mark.parametrize("forged", ["", "sam@example.org", "[1].abc.def"])
def test_an_event_for_something_that_is_not_ours_makes_nobody_a_member(shop, sam, forged):
    """The leader's account may sell other things, to other people, and name what they like in them."""
    customer = shop.world.add(shop.account, "cus", "customer", email="sam-reyes@example.org", balance=0, name="Sam")
    customer["invoice_settings"] = {"default_payment_method": None}
    product = {"id": "prod_theirs", "object": "product"}
    price = shop.world.add(
        shop.account, "price", "price", unit_amount=500, currency="eur", product=product["id"], nickname=None,
        recurring={"interval": "month", "interval_count": 1}, unit_amount_decimal="500",
    )  # fmt: skip
    theirs = begin(shop.world, shop.account, customer, [(price, 1)], metadata={"reference": forged})
    theirs["status"] = "active"
    shop.world.tell(shop.account, "customer.subscription.created", theirs)
    # Our own reference on something else of theirs gives nothing either: it was not bought.
    session = shop.open_page(sam)
    theirs["metadata"] = {"reference": session["client_reference_id"]}
    shop.world.tell(shop.account, "customer.subscription.updated", theirs)
    shop.money.arrive()
    assert memberships() == []
    assert books() == {}


def test_a_reference_of_ours_on_somebody_elses_subscription_gives_nothing(shop, sam):
    ada = a_member("Ada Adams")
    shop.sell(ada)
    session = shop.open_page(sam)
    copied = dict(shop.all("subscription")[0])
    copied |= {"id": "sub_copied", "metadata": {"reference": session["client_reference_id"]}}
    shop.world.accounts[shop.account]["sub_copied"] = copied
    shop.world.tell(shop.account, "customer.subscription.updated", copied)
    shop.money.arrive()
    assert current_membership(sam.id) is None


def test_the_webhook_may_come_before_the_redirect_and_after_it(shop, sam):
    session = shop.open_page(sam)
    shop.pay(session)
    shop.money.arrive()
    (before,) = memberships()
    follow("connect", "checkout.session", session["id"], shop.account, now=clock.now())
    db.session.commit()
    ada = a_member("Ada Adams")
    session = shop.open_page(ada)
    shop.pay(session)
    # The redirect first: what its page follows is all that there is to know.
    follow("connect", "checkout.session", session["id"], shop.account, now=clock.now())
    db.session.commit()
    assert bought_membership(ada.id).state == "active"
    assert books()["memberships"] == -1800
    shop.money.arrive()
    assert len(memberships()) == 2
    assert books()["memberships"] == -1800
    assert before.state == "active"


def test_a_webhook_that_comes_after_the_end_brings_nothing_back(shop, sam):
    session = shop.open_page(sam)
    shop.pay(session)
    began = shop.money.events()
    shop.money.arrive()
    end(shop.world, shop.account, shop.all("subscription")[0], reason="cancellation_requested")
    for source, body in began:
        shop.money.deliver(body, source=source)
    shop.money.arrive()
    assert bought_membership(sam.id) is None
    assert {one.state for one in memberships()} <= {"ended"}
    # Bought again, it is another.
    assert shop.sell(sam).state == "active"


def test_a_trial_costs_nothing_and_is_had_once(shop, sam):
    shop.journeyman.revise(by=shop.leader, trial_days=14)
    bought = shop.sell(sam)
    assert (bought.state, books()) == ("trialing", {})
    shop.money.days_pass(15)
    shop.money.arrive()
    assert (bought.state, books()["memberships"]) == ("active", -900)
    cancel(bought, now=clock.now())
    shop.money.days_pass(40)
    shop.money.arrive()
    assert bought.state == "ended"
    assert shop.sell(sam).state == "active"
    assert books()["memberships"] == -1800


def test_what_is_bought_once_is_had_for_good_until_it_is_given_back(shop, sam, keeps_ten_percent):
    bought = shop.sell(sam, shop.price(interval="once"))
    assert (bought.state, bought.paid_until, bought.renews) == ("active", None, False)
    assert books()["memberships"] == -27000
    assert books()["fees.platform"] == 2700
    shop.money.days_pass(400)
    shop.money.arrive()
    assert bought.gives_access(now=clock.now())
    refund(shop, shop.all("charge")[0])
    shop.money.arrive()
    assert bought.state == "ended"
    assert books()["refunds"] == 27000
    assert db.session.query(Payment).filter(scoped(Payment)).one().refunded == 27000


def test_what_goes_back_in_part_and_what_a_bank_takes_back_is_in_the_books(shop, sam):
    shop.sell(sam)
    refund(shop, shop.all("charge")[0], amount=300)
    shop.money.arrive()
    shop.money.arrive()
    assert books()["refunds"] == 300
    shop.sell(a_member("Ada Adams"), card="pm_card_createDispute")
    shop.money.arrive()
    assert books()["disputes"] == 900
    assert sum(books().values()) == 0


def test_references_of_other_marketplaces_name_nothing_here(shop, sam, other_hall):
    session = shop.open_page(sam)
    purchase = db.session.query(Purchase).filter(scoped(Purchase)).one()
    mine = reference(purchase.id)
    db.session.commit()
    assert purchase_named(session["client_reference_id"]) is purchase
    db.session.commit()
    with tenant_context(other_hall):
        assert purchase_named(mine) is None
        db.session.commit()


def refund(shop, charge, **given):
    create(Call(shop.world, shop.account, "/v1/refunds", {"charge": charge["id"], **given}))
