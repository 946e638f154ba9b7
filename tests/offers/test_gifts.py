"""A gift is paid once, redeemed once, and gives nothing that was not paid."""

import pytest

from app.core import clock
from app.core.database import db
from app.core.months import plus_months
from app.departures.departure import leave
from app.memberships.buying import bought_membership
from app.memberships.models import Membership, Payment, current_membership
from app.offers.buying_gifts import buy_gift, refund
from app.offers.codes import code_of, gift_of, is_code
from app.offers.failures import GiftExpired, GiftGone, GiftRests, GiftUsed, HasAsMuch, NoSuchGift, NotUnredeemed
from app.offers.models import Gift
from app.offers.receiving import redeem
from billing.connections import connection
from billing.following import follow
from tenants.isolation import scoped
from tests.factories import a_member, acting, run_jobs
from tests.offers.conftest import books
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.returning import create
from tests.stripe.routing import Call


@pytest.fixture
def maya(fair):
    return a_member("Maya Okafor")


@pytest.fixture
def sam(fair):
    return a_member("Sam Reyes")


def gift_page(fair, giver, months=3, price=None):
    links = {"success": "http://designers.localhost/back", "cancel": "http://designers.localhost/away"}
    about = {"recipient": "Sam", "message": "Enjoy!", "by": acting(giver), "now": clock.now()}
    url = buy_gift(price or fair.price(), months, **about, **links)
    db.session.commit()
    return fair.session(url.rpartition("/")[2])


def a_gift(fair, giver, months=3, price=None):
    session = gift_page(fair, giver, months, price)
    fair.pay(session)
    fair.money.arrive()
    return db.session.query(Gift).filter(scoped(Gift), Gift.session_id == session["id"]).one()


def redeems(gift, member):
    redeem(gift_of(code_of(gift.id), asker="somebody"), by=acting(member), now=clock.now())
    db.session.commit()
    run_jobs()
    db.session.expire_all()


def refund_at_stripe(fair, gift):
    create(Call(fair.world, fair.account, "/v1/refunds", {"charge": gift.charge_id}))
    fair.money.arrive()


def test_it_is_paid_by_one_and_had_by_another(fair, maya, sam):
    gift = a_gift(fair, maya)
    assert (gift.state, gift.amount, books()["memberships"]) == ("paid", 2700, -2700)
    assert is_code(code_of(gift.id))
    assert code_of(gift.id) not in (gift.code_digest, str(gift.id))
    redeems(gift, sam)
    had = current_membership(sam.id)
    assert (had.source, had.tier_id, had.state) == ("gift", fair.journeyman.id, "active")
    assert abs((had.paid_until - plus_months(clock.now(), 3)).total_seconds()) < 60
    assert current_membership(maya.id) is None
    fair.money.days_pass(100)
    assert not had.gives_access(now=clock.now())


def test_a_year_costs_what_a_year_costs(fair, maya):
    assert a_gift(fair, maya, 12, fair.price(interval="year")).amount == 9000


def test_without_payment_it_is_nothing(fair, maya, sam):
    gift_page(fair, maya)
    gift = db.session.query(Gift).filter(scoped(Gift)).one()
    with pytest.raises(NoSuchGift):
        redeems(gift, sam)
    with pytest.raises(NoSuchGift):
        gift_of("ABCDEFGHJKLMNPQR", asker="somebody")
    fair.money.days_pass(2)
    fair.money.arrive()
    assert (gift.state, current_membership(sam.id)) == ("closed", None)


def test_the_webhook_may_come_before_the_redirect_and_after_it(fair, maya):
    for first in (fair.money.arrive, None):
        session = gift_page(fair, maya)
        fair.pay(session)
        if first:
            first()
        follow("connect", "checkout.session", session["id"], fair.account, now=clock.now())
        db.session.commit()
        fair.money.arrive()
    assert {one.state for one in db.session.query(Gift).filter(scoped(Gift))} == {"paid"}
    assert books()["memberships"] == -5400


def test_what_no_webhook_told_of_is_found_at_night(fair, maya):
    fair.pay(gift_page(fair, maya))
    fair.a_night_passes()
    assert db.session.query(Gift).filter(scoped(Gift)).one().state == "paid"
    assert books()["memberships"] == -2700


def test_it_is_redeemed_once(fair, maya, sam):
    gift = a_gift(fair, maya)
    redeems(gift, sam)
    for member in (a_member("Ada Adams"), sam):
        with pytest.raises(GiftUsed):
            redeems(gift, member)
    assert db.session.query(Membership).filter(scoped(Membership)).count() == 1
    with pytest.raises(NotUnredeemed):
        refund(gift, by=fair.leader, now=clock.now())


def test_whoever_pays_already_goes_on_with_it_when_that_is_over(fair, maya, sam):
    bought = fair.sell(sam)
    gift = a_gift(fair, maya)
    redeems(gift, sam)
    assert (gift.waits, bought.cancels_at) == (True, bought.paid_until)
    assert current_membership(sam.id) is bought
    fair.money.days_pass((bought.paid_until - clock.now()).total_seconds() / 86_400 - 0.0005)
    # Before the old one is over: not one second is without.
    run_jobs()
    db.session.expire_all()
    assert not gift.waits
    fair.money.days_pass(1)
    fair.money.arrive()
    had = current_membership(sam.id)
    assert (bought_membership(sam.id), had.source, books()["memberships"]) == (None, "gift", -3600)
    assert had.gives_access(now=clock.now())


def test_two_gifts_follow_each_other_and_who_has_as_much_for_good_needs_none(fair, maya, sam):
    first, second = a_gift(fair, maya, 1), a_gift(fair, maya, 1)
    redeems(first, sam)
    redeems(second, sam)
    assert (first.waits, second.waits) == (False, True)
    fair.money.days_pass(32)
    run_jobs()
    db.session.expire_all()
    assert (second.waits, current_membership(sam.id).id) == (False, second.membership_id)
    ada = a_member("Ada Adams")
    fair.sell(ada, fair.price(fair.master, "once"))
    third = a_gift(fair, maya)
    with pytest.raises(HasAsMuch):
        redeems(third, ada)
    assert third.state == "paid"


def test_what_nobody_redeemed_goes_back_and_its_code_is_worth_nothing_at_once(fair, maya, sam):
    gift = a_gift(fair, maya)
    refund(gift, by=fair.leader, now=clock.now())
    with pytest.raises(GiftGone):
        redeem(gift, by=acting(sam), now=clock.now())
    db.session.commit()
    run_jobs()
    fair.money.arrive()
    assert (gift.state, books()["refunds"], sum(books().values())) == ("given_back", 2700, 0)
    with pytest.raises(NotUnredeemed):
        refund(gift, by=fair.leader, now=clock.now())
    late = a_gift(fair, maya)
    fair.money.days_pass(366 * 3)
    with pytest.raises(GiftExpired):
        redeems(late, sam)


@pytest.mark.parametrize("redeemed", [False, True])
def test_a_payment_that_goes_back_ends_what_it_gave(fair, maya, sam, redeemed):
    gift = a_gift(fair, maya)
    if redeemed:
        redeems(gift, sam)
    refund_at_stripe(fair, gift)
    assert (gift.state, current_membership(sam.id)) == ("given_back", None)
    with pytest.raises(GiftGone):
        redeems(gift, a_member("Ada Adams"))


@pytest.mark.parametrize("redeemed", [False, True])
def test_a_dispute_lets_it_rest_and_a_won_one_brings_it_back(fair, maya, sam, redeemed):
    gift = a_gift(fair, maya)
    if redeemed:
        redeems(gift, sam)
    open_dispute(fair.world, fair.account, fair.all("charge")[0])
    fair.money.arrive()
    assert (gift.state, current_membership(sam.id)) == ("disputed", None)
    with pytest.raises(GiftRests):
        redeems(gift, a_member("Ada Adams"))
    (dispute,) = fair.all("dispute")
    end_dispute(fair.world, fair.account, dispute, won=True)
    fair.money.arrive()
    db.session.expire_all()
    assert gift.state == ("redeemed" if redeemed else "paid")
    assert (current_membership(sam.id) is not None) == redeemed


def test_given_back_while_its_bank_had_it_the_money_goes_when_the_bank_lets_it(fair, maya):
    gift = a_gift(fair, maya)
    open_dispute(fair.world, fair.account, fair.all("charge")[0])
    refund(gift, by=fair.leader, now=clock.now())
    db.session.commit()
    run_jobs()
    assert (gift.state, fair.all("refund")) == ("given_back", [])
    end_dispute(fair.world, fair.account, fair.all("dispute")[0], won=True)
    fair.money.arrive()
    run_jobs()
    fair.money.arrive()
    assert [one["amount"] for one in fair.all("refund")] == [2700]
    db.session.expire_all()
    assert (gift.state, sum(books().values())) == ("given_back", 0)


def test_its_tax_is_no_income_and_its_invoice_can_be_read(fair, maya):
    connection().works_out_tax = True
    db.session.commit()
    gift = a_gift(fair, maya)
    assert (books()["memberships"], books()["tax"]) == (-2250, -450)
    paid = db.session.query(Payment).filter(scoped(Payment), Payment.charge_id == gift.charge_id).one()
    assert paid.page_url.startswith(fair.world.base)


def test_whoever_gave_it_and_leaves_is_forgotten_and_the_gift_stays_good(fair, maya, sam, outbox):
    gift = a_gift(fair, maya)
    leave(acting(maya), now=clock.now())
    db.session.commit()
    run_jobs()
    assert outbox.to("maya-okafor@example.org").subject == "You have left Designers"
    assert (gift.recipient, gift.message) == ("", "")
    redeems(gift, sam)
    assert current_membership(sam.id).source == "gift"
