"""What the books say of the leader's own account: every movement once, each object as it is at Stripe."""

from sqlalchemy import select

from app.core.database import db
from app.memberships.models import Customer, Payment
from billing.statements import balances
from tenants.isolation import scoped
from tests.billing.histories.fees import fee_charges
from tests.billing.histories.life import Life
from tests.billing.histories.telling import holds
from tests.stripe.world import PLATFORM


@holds
def the_books_sum_to_nothing(life: Life) -> None:
    assert sum(one.amount for one in balances()) == 0


@holds
def every_payment_is_known_once(life: Life) -> None:
    """Every payment and what went back of it; for a membership or for a gig, and none for both."""
    if life.account is None:
        return
    of_gigs, charges = fee_charges(), {one["id"]: one for one in life.things("charge", paid=True)}
    here = {one.charge_id: one for one in _payments() if one.account_id == life.account}
    assert not of_gigs & set(here)
    assert set(here) == set(charges) - of_gigs, "a payment is not in the books, or is no payment"
    for name, mine in here.items():
        charge = charges[name]
        assert (mine.amount, mine.refunded) == (charge["amount"], charge["amount_refunded"]), name
        if charge["application_fee"]:
            fee = life.world.of(PLATFORM, "application_fee", charge["application_fee"])
            assert mine.fee_returned == fee["amount_refunded"], f"of {fee['id']} something went back"
    theirs = {one["id"]: one["metadata"].get("member") for one in life.things("customer")}
    ours = select(Customer).where(scoped(Customer), Customer.account_id == life.account)
    for customer in db.session.scalars(ours):
        assert theirs.get(customer.customer_id) == str(customer.member_id), "a customer is somebody else"


@holds
def the_books_hold_what_moved(life: Life) -> None:
    """Account by account: what came, went back, was taken back by banks, kept by Stripe and by the platform; what is there."""
    accounts = {one.account_id for one in _payments()} | {life.account}
    if life.account is None or len(accounts) > 1 or len(life.accounts()) > 1:
        return
    booked = {one.account: one.amount for one in balances()}
    moved = [one for one in life.things("balance_transaction") if one["type"] != "payout"]
    of_gigs, charges = fee_charges(), life.things("charge", paid=True)
    assert booked.get("stripe", 0) == sum(one["net"] for one in moved), "the books and Stripe differ"
    assert booked.get("memberships", 0) == -sum(one["amount"] for one in charges if one["id"] not in of_gigs)
    listed = sum(booked.get(name, 0) for name in ("fees.listing", "fees.featured"))
    came = sum(one["amount"] for one in charges if one["id"] in of_gigs)
    gone = {kind: -sum(one["amount"] for one in moved if one["type"] == kind) for kind in ("refund", "adjustment")}
    went = booked.get("refunds", 0) + booked.get("disputes", 0)
    assert listed + went == gone["refund"] + gone["adjustment"] - came, "a fee, a refund or a dispute is missing"
    kept = [one for one in life.world.all(PLATFORM, "application_fee") if one["account"] == life.account]
    assert booked.get("fees.platform", 0) == sum(one["amount"] - one["amount_refunded"] for one in kept)


def _payments() -> list[Payment]:
    return list(db.session.scalars(select(Payment).where(scoped(Payment))))
