"""The stand-in behaves as Stripe does, asked through Stripe's own library."""

import json
import re

import pytest
import stripe

from tests.stripe.cards import BEHAVIOURS
from tests.stripe.conftest import SHOP, a_link, a_price, opened
from tests.stripe.cycle import advance
from tests.stripe.delivery import Endpoint, Weather, signed
from tests.stripe.world import DAY, PLATFORM


def _subscribed(ours, leader, card="pm_card_visa", **data):
    """Return a subscription that was bought on the page."""
    session = ours.v1.checkout.sessions.create(
        {
            "mode": "subscription",
            "line_items": [{"price": a_price(ours, leader).id, "quantity": 1}],
            "subscription_data": {"application_fee_percent": 10, **data},
            **SHOP,
        },
        leader,
    )
    assert opened(session.url, card=card, email="sam@example.org")[0] == 303
    bought = ours.v1.checkout.sessions.retrieve(session.id, None, leader)
    return ours.v1.subscriptions.retrieve(bought.subscription, None, leader)


def _told(fake, account):
    return [event["type"] for where, event in fake.world.untold if where == account]


@pytest.mark.parametrize(
    ("given", "param"),
    [
        ({"amount": 5, "currency": "eur"}, "destination"),
        ({"amount": 5, "currency": "eur", "destination": "acct_1", "colour": "red"}, "colour"),
        ({"amount": "five", "currency": "eur", "destination": "acct_1"}, "amount"),
        ({"amount": 5, "currency": "eur", "destination": "acct_1", "source_type": "gold"}, "source_type"),
    ],
)
def test_a_parameter_that_is_missing_unknown_mistyped_or_no_choice_is_refused(ours, given, param):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        ours.v1.transfers.create(given)
    assert (refusal.value.http_status, refusal.value.param) == (400, param)


def test_parameters_inside_others_are_checked_too(ours):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        ours.v1.prices.create({"currency": "eur", "unit_amount": 1, "recurring": {"interval": "fortnight"}})
    assert refusal.value.param == "recurring[interval]"


def test_the_same_key_gives_the_same_answer_and_refuses_another_question(fake, ours):
    first, again = (ours.v1.customers.create({"name": "Sam"}, {"idempotency_key": "one"}) for _ in range(2))
    assert first.id == again.id
    assert len(fake.world.all(PLATFORM, "customer")) == 1
    with pytest.raises(stripe.IdempotencyError):
        ours.v1.customers.create({"name": "Ada"}, {"idempotency_key": "one"})


@pytest.mark.parametrize("fault", ["busy", "broken", "unheard", "unanswered", "broken after"])
def test_whatever_goes_wrong_asking_again_with_the_key_does_it_once(fake, ours, fault):
    fake.faults.plan(fault, "POST /v1/customers")
    with pytest.raises(stripe.StripeError):
        ours.v1.customers.create({"name": "Sam"}, {"idempotency_key": "one"})
    ours.v1.customers.create({"name": "Sam"}, {"idempotency_key": "one"})
    assert len(fake.world.all(PLATFORM, "customer")) == 1


def test_an_account_takes_money_once_its_owner_has_answered_everything(ours):
    account = ours.v1.accounts.create({"type": "standard", "country": "FR"})
    assert not account.charges_enabled
    link = a_link(ours, account.id)
    assert "external_account" in opened(link)[1]
    assert opened(link) == (303, "http://127.0.0.1:9/f")
    assert opened(link, stage="papers") == (303, "http://127.0.0.1:9/r")
    lacking = ours.v1.accounts.retrieve(account.id)
    assert lacking.requirements.currently_due == ["individual.verification.document"]
    opened(a_link(ours, account.id), stage="complete")
    assert ours.v1.accounts.retrieve(account.id).charges_enabled


def test_an_account_that_may_not_charge_opens_no_checkout(ours):
    account = ours.v1.accounts.create({"type": "standard"})
    price = a_price(ours, {"stripe_account": account.id})
    wanted = {"mode": "subscription", "line_items": [{"price": price.id}], **SHOP}
    with pytest.raises(stripe.PermissionError):
        ours.v1.checkout.sessions.create(wanted, {"stripe_account": account.id})


def test_buying_a_subscription_pays_the_leader_and_the_platform_its_fee(fake, ours, leader):
    subscription = _subscribed(ours, leader)
    assert subscription.status == "active"
    assert fake.world.balance(leader["stripe_account"], "eur", available=False) == 900 - 90 - 39
    assert fake.world.balance(PLATFORM, "eur", available=False) == 90
    told = _told(fake, leader["stripe_account"])
    assert {"customer.subscription.created", "invoice.paid", "checkout.session.completed"} <= set(told)
    paid = ours.v1.invoices.list({"subscription": subscription.id, "expand": ["data.customer"]}, leader).data[0]
    assert (paid.status, paid.total, paid.customer.email) == ("paid", 900, "sam@example.org")


def test_a_page_takes_a_declined_card_a_banks_question_and_a_change_of_mind(ours, leader):
    session = ours.v1.checkout.sessions.create(
        {"mode": "subscription", "line_items": [{"price": a_price(ours, leader).id, "quantity": 1}], **SHOP}, leader
    )
    status, words = opened(session.url, card="pm_card_chargeDeclined")
    assert (status, "was declined" in words, "http://localhost/back" in words) == (402, True, True)
    assert "Your bank asks" in opened(session.url, card="pm_card_authenticationRequired")[1]
    assert opened(session.url, card="pm_card_authenticationRequired", bank="no")[0] == 402
    assert opened(session.url, card="pm_card_authenticationRequired", bank="yes") == (
        303, f"http://localhost/paid?session={session.id}",
    )  # fmt: skip
    assert opened(session.url)[0] == 410


def test_a_subscription_renews_fails_is_tried_again_and_recovers(fake, ours, leader):
    subscription = _subscribed(ours, leader, "pm_card_chargeCustomerFail")
    advance(fake.world, 32 * DAY)
    assert ours.v1.subscriptions.retrieve(subscription.id, None, leader).status == "past_due"
    portal = ours.v1.billing_portal.sessions.create({"customer": subscription.customer}, leader)
    assert opened(portal.url, card="pm_card_visa")[0] == 303
    assert ours.v1.subscriptions.retrieve(subscription.id, None, leader).status == "active"
    assert [one.status for one in ours.v1.invoices.list(None, leader).data] == ["paid", "paid"]


def test_a_subscription_that_nobody_pays_ends_after_the_last_try(fake, ours, leader):
    subscription = _subscribed(ours, leader, "pm_card_chargeCustomerFail")
    advance(fake.world, 60 * DAY)
    assert ours.v1.subscriptions.retrieve(subscription.id, None, leader).status == "canceled"
    assert _told(fake, leader["stripe_account"]).count("invoice.payment_failed") == 4


def test_a_trial_costs_nothing_until_it_ends(fake, ours, leader):
    subscription = _subscribed(ours, leader, trial_period_days=14)
    assert (subscription.status, fake.world.balance(leader["stripe_account"], "eur", available=False)) == (
        "trialing",
        0,
    )
    advance(fake.world, 15 * DAY)
    assert ours.v1.subscriptions.retrieve(subscription.id, None, leader).status == "active"
    assert fake.world.balance(leader["stripe_account"], "eur", available=False) > 0


def test_cancelling_at_the_end_of_the_period_ends_then(fake, ours, leader):
    subscription = _subscribed(ours, leader)
    ours.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True}, leader)
    advance(fake.world, 20 * DAY)
    assert ours.v1.subscriptions.retrieve(subscription.id, None, leader).status == "active"
    advance(fake.world, 12 * DAY)
    assert ours.v1.subscriptions.retrieve(subscription.id, None, leader).status == "canceled"


def test_a_dearer_price_counts_what_was_paid_for_and_not_used(fake, ours, leader):
    subscription = _subscribed(ours, leader)
    item = subscription["items"].data[0]
    advance(fake.world, (item.current_period_end - item.current_period_start) // 2)
    change = {
        "items": [{"id": item.id, "price": a_price(ours, leader, amount=1900).id}],
        "proration_behavior": "always_invoice",
    }
    changed = ours.v1.subscriptions.update(subscription.id, change, leader)
    invoice = ours.v1.invoices.retrieve(changed.latest_invoice, None, leader)
    assert (invoice.total, [line.amount for line in invoice.lines.data]) == (500, [-450, 950])


def test_a_change_is_shown_before_it_is_made_and_then_costs_just_that(fake, ours, leader):
    subscription = _subscribed(ours, leader)
    item, dearer = subscription["items"].data[0], a_price(ours, leader, amount=1500)
    advance(fake.world, 15 * DAY)
    at = fake.world.now()
    change = {
        "items": [{"id": item.id, "price": dearer.id}],
        "proration_behavior": "always_invoice",
        "proration_date": at,
    }
    asked = {"subscription": subscription.id, "subscription_details": change}
    shown = ours.v1.invoices.create_preview(asked, leader)
    advance(fake.world, 3600)
    assert [line.amount for line in shown.lines.data] == [-450, 750]
    assert len(ours.v1.invoices.list(None, leader).data) == 1
    changed = ours.v1.subscriptions.update(subscription.id, change, leader)
    assert ours.v1.invoices.retrieve(changed.latest_invoice, None, leader).amount_paid == shown.amount_due == 300
    again = ours.v1.subscriptions.update(subscription.id, change, leader)
    assert again.latest_invoice == changed.latest_invoice


def test_a_change_that_is_not_paid_is_not_made_where_that_was_asked_for(fake, ours, leader):
    subscription = _subscribed(ours, leader, "pm_card_chargeCustomerFail")
    item, dearer = subscription["items"].data[0], a_price(ours, leader, amount=1500)
    change = {"items": [{"id": item.id, "price": dearer.id}], "proration_behavior": "always_invoice"}
    with pytest.raises(stripe.CardError):
        ours.v1.subscriptions.update(subscription.id, change | {"payment_behavior": "error_if_incomplete"}, leader)
    now = ours.v1.subscriptions.retrieve(subscription.id, None, leader)
    assert (now.status, now["items"].data[0].price.unit_amount) == ("active", 900)


def test_a_payment_is_shared_out_taken_back_and_refunded(fake, ours, leader):
    worker = leader["stripe_account"]
    intent = ours.v1.payment_intents.create(
        {"amount": 10_000, "currency": "eur", "payment_method": "pm_card_visa", "confirm": True, "transfer_group": "g"}
    )
    share = {"amount": 9000, "currency": "eur", "destination": worker, "source_transaction": intent.latest_charge}
    transfer = ours.v1.transfers.create(share)
    with pytest.raises(stripe.InvalidRequestError, match="more than the amount"):
        ours.v1.transfers.create(share)
    ours.v1.transfers.reversals.create(transfer.id, {"amount": 4000})
    ours.v1.refunds.create({"payment_intent": intent.id, "amount": 4000})
    assert fake.world.balance(worker, "eur", available=False) == 5000
    # A hundred in, ninety out, forty back, forty to the customer; Stripe keeps its fee.
    assert fake.world.balance(PLATFORM, "eur", available=False) == 10_000 - 175 - 9000 + 4000 - 4000
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        ours.v1.refunds.create({"payment_intent": intent.id, "amount": 7000})


def test_money_that_has_not_settled_cannot_be_sent_on(fake, ours, leader):
    ours.v1.payment_intents.create(
        {"amount": 10_000, "currency": "eur", "payment_method": "pm_card_visa", "confirm": True}
    )
    share = {"amount": 9000, "currency": "eur", "destination": leader["stripe_account"]}
    with pytest.raises(stripe.InvalidRequestError, match="insufficient available funds"):
        ours.v1.transfers.create(share)
    advance(fake.world, 3 * DAY)
    ours.v1.transfers.create(share)


def test_a_bank_that_asks_is_answered_on_its_page(ours):
    asked = {"amount": 500, "currency": "eur", "payment_method": "pm_card_authenticationRequired", "confirm": True}
    intent = ours.v1.payment_intents.create(asked)
    assert intent.status == "requires_action"
    opened(intent.next_action.redirect_to_url.url, bank="yes")
    assert ours.v1.payment_intents.retrieve(intent.id).status == "succeeded"
    with pytest.raises(stripe.CardError) as declined:
        ours.v1.payment_intents.create(asked | {"off_session": True})
    assert declined.value.code == "authentication_required"


def test_a_dispute_takes_the_money_back_and_a_won_one_returns_it(fake, ours):
    intent = ours.v1.payment_intents.create(
        {"amount": 500, "currency": "eur", "payment_method": "pm_card_createDispute", "confirm": True}
    )
    dispute = ours.v1.disputes.list({"payment_intent": intent.id}).data[0]
    before = fake.world.balance(PLATFORM, "eur", available=False)
    opened(f"{fake.world.base}/control/decide", account=PLATFORM, dispute=dispute.id, won="true")
    assert fake.world.balance(PLATFORM, "eur", available=False) == before + 500
    assert ours.v1.disputes.retrieve(dispute.id).status == "won"


def test_what_an_account_has_is_paid_out_to_its_bank(fake, ours, leader):
    _subscribed(ours, leader)
    advance(fake.world, 10 * DAY)
    payouts = ours.v1.payouts.list(None, leader).data
    assert [(one.amount, one.status) for one in payouts] == [(771, "paid")]


def test_an_account_whose_owner_left_lets_nobody_in(fake, ours, leader):
    opened(f"{fake.world.base}/control/disconnect", account=leader["stripe_account"])
    with pytest.raises(stripe.PermissionError):
        ours.v1.customers.list(None, leader)
    assert _told(fake, leader["stripe_account"])[-1] == "account.application.deauthorized"


def test_webhooks_are_signed_doubled_dropped_and_tried_again(fake, ours):
    """The fake's own server takes them in, as nothing else listens: what is not `/control` answers 200, and that is a 404."""
    there, nowhere = (Endpoint(f"{fake.world.base}/{path}", "whsec_1") for path in ("", "v1/nowhere"))
    fake.deliveries.endpoints = [there]
    ours.v1.customers.create({"name": "Sam"})
    assert fake.deliveries.round() == 1
    fake.deliveries.weather = Weather(doubles=1)
    ours.v1.customers.create({"name": "Sam"})
    assert fake.deliveries.round() == 2
    fake.deliveries.endpoints, fake.deliveries.weather = [nowhere], Weather()
    ours.v1.customers.create({"name": "Sam"})
    assert [fake.deliveries.round() for _ in range(2)] == [0, 0]
    assert len(fake.deliveries.waiting) == 1
    fake.deliveries.weather, fake.deliveries.waiting = Weather(drops=1), []
    ours.v1.customers.create({"name": "Sam"})
    assert (fake.deliveries.round(), len(fake.deliveries.dropped)) == (0, 1)


def test_a_webhook_is_signed_as_stripes_library_expects():
    body = json.dumps({"id": "evt_1", "object": "event"}).encode()
    assert stripe.WebhookSignature.verify_header(body, signed(body, "whsec_1"), "whsec_1", 300)


def test_every_card_on_the_page_is_one_of_stripes(ours, leader):
    session = ours.v1.checkout.sessions.create(
        {"mode": "subscription", "line_items": [{"price": a_price(ours, leader).id, "quantity": 1}], **SHOP}, leader
    )
    assert set(re.findall(r'value="(pm_card_\w+)"', opened(session.url)[1])) == BEHAVIOURS.keys()


def test_objects_have_no_field_that_stripes_library_does_not_know(fake, ours, leader):
    _subscribed(ours, leader)
    advance(fake.world, 10 * DAY)
    kinds = {
        "account": stripe.Account, "charge": stripe.Charge, "checkout.session": stripe.checkout.Session,
        "customer": stripe.Customer, "invoice": stripe.Invoice, "payment_intent": stripe.PaymentIntent,
        "payout": stripe.Payout, "price": stripe.Price, "product": stripe.Product, "subscription": stripe.Subscription,
        "balance_transaction": stripe.BalanceTransaction, "application_fee": stripe.ApplicationFee,
    }  # fmt: skip
    things = [thing for account in fake.world.accounts.values() for thing in account.values()]
    for kind, known in kinds.items():
        fields = set().union(*(thing for thing in things if thing["object"] == kind))
        assert fields, kind
        # Livemode is on nearly all of them.
        extra = (
            {name for name in fields if not name.startswith("_")} - set(known.__annotations__) - {"livemode", "created"}
        )
        assert extra == set(), kind
