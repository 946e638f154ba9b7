"""A membership runs: renewed, lapsed, recovered, changed, cancelled and resumed; what was not told of is found at night."""

import pytest

from app.core import clock
from app.core.database import db
from app.departures.departure import leave
from app.memberships.buying import bought_membership
from app.memberships.changing import cancel, change, preview, resume
from app.memberships.failures import NotForSale, NothingToChange, OldPreview
from app.memberships.models import Membership
from billing.gateway import Declined, Unclear
from billing.jobs import reconcile_all
from billing.reconciling import Found
from billing.statements import balances
from tenants.context import platform_context
from tenants.isolation import scoped
from tests.factories import a_member, acting, run_jobs
from tests.stripe.disputes import end_dispute, open_dispute
from tests.stripe.subscriptions import change_card


@pytest.fixture
def sam(shop):
    return a_member("Sam Reyes")


def books():
    return {one.account: one.amount for one in balances()}


def theirs(shop):
    return shop.all("subscription")[0]


def a_night_passes(shop):
    """Let the nightly comparison run, with no webhook ever having come."""
    shop.world.untold.clear()
    db.session.commit()
    with platform_context():
        reconcile_all()
        db.session.commit()
    run_jobs()
    db.session.expire_all()


def test_it_lapses_keeps_access_for_its_grace_and_recovers(shop, sam, outbox):
    bought = shop.sell(sam, card="pm_card_chargeCustomerFail")
    ends = bought.paid_until
    shop.money.days_pass(32)
    shop.money.arrive()
    assert (bought.state, bought.paid_until) == ("past_due", ends)
    assert (bought.grace_until - ends).days == 7
    assert bought.gives_access(now=clock.now())
    assert not bought.gives_access(now=bought.grace_until)
    grace = bought.grace_until
    shop.money.days_pass(4)
    shop.money.arrive()
    assert (bought.state, bought.grace_until) == ("past_due", grace)
    change_card(shop.world, shop.account, shop.all("customer")[0], "pm_card_visa")
    shop.money.arrive()
    assert (bought.state, bought.grace_until) == ("active", None)
    assert bought.paid_until > clock.now()
    assert books()["memberships"] == -1800
    assert outbox.to("sam-reyes@example.org").subject == "Your membership is paid"


def test_what_nobody_pays_ends_and_can_be_bought_again(shop, sam, outbox):
    bought = shop.sell(sam, card="pm_card_chargeCustomerFail")
    shop.money.days_pass(60)
    shop.money.arrive()
    assert bought.state == "ended"
    assert bought_membership(sam.id) is None
    assert shop.sell(sam).state == "active"
    assert books()["memberships"] == -1800


def test_what_a_change_costs_is_shown_first_and_paid_then(shop, sam):
    bought = shop.sell(sam)
    shop.money.days_pass(15)
    shop.money.arrive()
    dearer = shop.price(shop.master)
    shown = preview(bought, dearer, now=clock.now())
    # What is left of 900 counts against what is left of 1500.
    assert 270 <= shown.due <= 330
    assert (shown.credit, shown.next_at) == (0, bought.paid_until)
    shop.money.days_pass(0.01)
    change(bought, dearer, shown.token, now=clock.now())
    assert (bought.tier_id, books()["memberships"]) == (shop.master.id, -900 - shown.due)
    shop.money.arrive()
    assert books()["memberships"] == -900 - shown.due
    with pytest.raises(OldPreview):
        change(bought, dearer, shown.token, now=clock.now())


def test_a_cheaper_tier_leaves_a_credit_that_pays_for_what_comes(shop, sam):
    bought = shop.sell(sam, shop.price(shop.master))
    shown = preview(bought, shop.price(), now=clock.now())
    assert (shown.due, shown.credit) == (0, 600)
    change(bought, shop.price(), shown.token, now=clock.now())
    assert bought.tier_id == shop.journeyman.id
    shop.money.days_pass(31)
    shop.money.arrive()
    assert books()["memberships"] == -1500 - 300


def test_from_monthly_to_yearly_a_new_year_begins(shop, sam):
    bought = shop.sell(sam)
    yearly = shop.price(interval="year")
    shown = preview(bought, yearly, now=clock.now())
    assert shown.due == 9000 - 900
    assert (shown.next_at - clock.now()).days >= 364
    change(bought, yearly, shown.token, now=clock.now())
    assert (bought.price_id, bought.paid_until) == (yearly.id, shown.next_at)


def test_a_change_that_the_bank_does_not_pay_changes_nothing(shop, sam):
    bought = shop.sell(sam, card="pm_card_chargeCustomerFail")
    shown = preview(bought, shop.price(shop.master), now=clock.now())
    with pytest.raises(Declined):
        change(bought, shop.price(shop.master), shown.token, now=clock.now())
    shop.money.arrive()
    assert (bought.tier_id, bought.state, books()["memberships"]) == (shop.journeyman.id, "active", -900)


def test_while_it_is_tried_out_a_change_costs_nothing(shop, sam):
    shop.journeyman.revise(by=shop.leader, trial_days=14)
    bought = shop.sell(sam)
    shown = preview(bought, shop.price(shop.master), now=clock.now())
    assert (shown.due, shown.next_at) == (0, bought.paid_until)
    change(bought, shop.price(shop.master), shown.token, now=clock.now())
    assert (bought.tier_id, bought.state, books()) == (shop.master.id, "trialing", {})


def test_an_answer_that_is_lost_changes_it_once(shop, sam):
    bought = shop.sell(sam)
    dearer = shop.price(shop.master)
    shown = preview(bought, dearer, now=clock.now())
    shop.money.fake.faults.plan("broken after", "POST /v1/subscriptions/", times=3)
    with pytest.raises(Unclear):
        change(bought, dearer, shown.token, now=clock.now())
    shop.money.fake.faults.planned.clear()
    change(bought, dearer, shown.token, now=clock.now())
    shop.money.arrive()
    assert bought.tier_id == shop.master.id
    assert books()["memberships"] == -900 - shown.due


def test_what_cannot_be_changed_says_so(shop, sam):
    bought = shop.sell(sam)
    with pytest.raises(NothingToChange):
        preview(bought, shop.price(), now=clock.now())
    with pytest.raises(NotForSale):
        preview(bought, shop.price(shop.master, "once"), now=clock.now())
    once = shop.sell(a_member("Ada Adams"), shop.price(interval="once"))
    with pytest.raises(NothingToChange):
        cancel(once, now=clock.now())


def test_cancelled_it_runs_to_its_end_and_resumed_it_runs_on(shop, sam):
    bought = shop.sell(sam)
    cancel(bought, now=clock.now())
    assert (bought.cancels_at, bought.renews) == (bought.paid_until, False)
    assert bought.gives_access(now=clock.now())
    resume(bought, now=clock.now())
    assert (bought.cancels_at, theirs(shop)["cancel_at_period_end"]) == (None, False)
    cancel(bought, now=clock.now())
    shop.money.days_pass(32)
    shop.money.arrive()
    assert bought.state == "ended"
    assert books()["memberships"] == -900


def test_whoever_leaves_pays_no_longer(shop, sam, outbox):
    bought = shop.sell(sam)
    leave(acting(sam), now=clock.now())
    db.session.commit()
    run_jobs()
    assert outbox.to("sam-reyes@example.org").subject == "You have left Designers"
    assert theirs(shop)["status"] == "canceled"
    assert bought.state == "ended"
    # What they paid stays in the books.
    assert books()["memberships"] == -900


def test_whoever_left_while_they_paid_gets_it_back(shop, sam, outbox):
    session = shop.open_page(sam)
    shop.pay(session)
    shop.world.untold.clear()
    leave(acting(sam), now=clock.now())
    db.session.commit()
    run_jobs()
    assert outbox.to("sam-reyes@example.org").subject == "You have left Designers"
    assert theirs(shop)["status"] == "canceled"
    assert books()["memberships"] + books()["refunds"] == 0


@pytest.mark.parametrize("change_there", ["bought", "renewed", "cancelled", "failed", "ended", "refunded", "disputed"])
def test_what_no_webhook_told_of_is_found_at_night(shop, sam, outbox, change_there):
    if change_there == "bought":
        shop.pay(shop.open_page(sam))
        shop.money.days_pass(0.1)
    else:
        shop.sell(sam, card="pm_card_chargeCustomerFail" if change_there in ("failed", "ended") else "pm_card_visa")
        _happens(shop, change_there)
    a_night_passes(shop)
    (membership,) = db.session.query(Membership).filter(scoped(Membership)).all()
    expected = {"failed": "past_due", "ended": "ended"}.get(change_there, "active")
    assert membership.state == expected
    assert (membership.cancels_at is not None) == (change_there == "cancelled")
    assert books()["memberships"] == (-1800 if change_there == "renewed" else -900)
    assert books().get("refunds", 0) == (100 if change_there == "refunded" else 0)
    assert books().get("disputes", 0) == (900 if change_there == "disputed" else 0)
    assert {found.state for found in db.session.query(Found).filter(scoped(Found))} == {"healed"}
    before = db.session.query(Found).filter(scoped(Found)).count()
    a_night_passes(shop)
    assert db.session.query(Found).filter(scoped(Found)).count() == before


def test_a_dispute_that_is_won_months_later_is_found_at_night(shop, sam):
    shop.sell(sam)
    open_dispute(shop.world, shop.account, shop.all("charge")[0])
    shop.money.arrive()
    assert (books()["disputes"], books()["memberships"]) == (900, -900)
    a_night_passes(shop)
    # Nights have compared all of the time since.
    for _ in range(9):
        shop.money.days_pass(9)
        shop.money.arrive()
        a_night_passes(shop)
    (dispute,) = shop.all("dispute")
    end_dispute(shop.world, shop.account, dispute, won=True)
    a_night_passes(shop)
    assert books()["disputes"] == 0
    assert books()["stripe"] == sum(one["net"] for one in shop.all("balance_transaction") if one["type"] != "payout")


def _happens(shop, what):
    from tests.memberships.test_buying import refund
    from tests.stripe.subscriptions import cancel_later

    if what == "cancelled":
        cancel_later(theirs(shop), True, now=shop.world.now())
    elif what == "refunded":
        refund(shop, shop.all("charge")[0], amount=100)
        shop.money.days_pass(0.1)
    elif what == "disputed":
        open_dispute(shop.world, shop.account, shop.all("charge")[0])
        shop.money.days_pass(0.1)
    else:
        shop.money.days_pass({"renewed": 32, "failed": 32, "ended": 60}[what])
