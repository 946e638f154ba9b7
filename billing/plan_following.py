"""Plans follow what the platform's own account at Stripe tells: subscriptions, invoices, the customer, finished pages."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from app.core.database import db
from billing import gateway
from billing.following import follow, follows
from billing.gateway import Answer, Refused
from billing.ledger import Line, post
from billing.operations import perform
from billing.plan_accounts import LIVING, PlanInvoice, PlanSubscription, living_subscription, plan_account
from billing.plans import choice_of
from billing.reconciling import Difference, reconciles
from tenants.isolation import scoped

#: Called with the subscription after each time it was followed; features above tell its leaders, or let in who waited.
Heeder = Callable[[PlanSubscription, datetime], None]

_heeders: list[Heeder] = []


def when_plan_followed(heeder: Heeder) -> Heeder:
    """Have a function called whenever a plan was followed, in the same transaction."""
    _heeders.append(heeder)
    return heeder


@follows("platform", "checkout.session")
def follow_checkout(object_id: str, _account: str | None, now: datetime) -> None:
    """Follow the plan that was paid for on a page at Stripe, if it was."""
    told = gateway.fetch("checkout.session", object_id)
    if _is_ours(told) and told.get("subscription"):
        follow("platform", "subscription", told["subscription"], None, now=now)


@follows("platform", "subscription")
def follow_subscription(object_id: str, _account: str | None, now: datetime) -> None:
    """Let the plan be as the subscription at Stripe is. What is for something else than a plan of ours is let be."""
    told = gateway.fetch("subscription", object_id, expand=("latest_invoice",))
    if not _is_ours(told) or choice_of(told["items"]["data"][0]["price"]) is None:
        return
    known = _known(PlanSubscription, PlanSubscription.subscription_id == object_id)
    if known is None and told["status"] not in LIVING:
        # It ended before we were told that it began.
        return
    if known is None and _has_another(now):
        _give_back(told, now)
        return
    subscription = known or PlanSubscription()
    subscription.take_over(told, now=now)
    db.session.add(subscription)
    db.session.flush()
    for heeder in _heeders:
        heeder(subscription, now)


@follows("platform", "invoice")
def follow_invoice(object_id: str, _account: str | None, now: datetime) -> None:
    """Let an invoice for a plan be as it is at Stripe, and book what was paid."""
    told = gateway.fetch("invoice", object_id)
    if not _is_ours(told):
        return
    invoice = _known(PlanInvoice, PlanInvoice.invoice_id == object_id) or PlanInvoice()
    invoice.take_over(told, now=now)
    db.session.add(invoice)
    if invoice.state == "paid" and invoice.paid:
        lines = (Line("plan", invoice.paid - invoice.tax), Line("plan.tax", invoice.tax), Line("card", -invoice.paid))
        post(
            "plan",
            f"plan invoice {object_id}",
            lines,
            currency=invoice.currency,
            happened_at=invoice.issued_at,
            now=now,
        )


@follows("platform", "customer")
def follow_customer(object_id: str, _account: str | None, now: datetime) -> None:
    """Let the details on invoices be as they are at Stripe."""
    account = plan_account()
    if account is not None and account.customer_id == object_id:
        account.take_over(gateway.fetch("customer", object_id, expand=("tax_ids",)), now=now)


def _is_ours(told: Answer) -> bool:
    """Whether an object is of the customer that the tenant in force is."""
    account = plan_account()
    return account is not None and told.get("customer") == account.customer_id


def _known(model: Any, which: Any) -> Any:
    return db.session.scalars(db.select(model).where(scoped(model), which)).one_or_none()


def _has_another(now: datetime) -> bool:
    """Whether a plan is subscribed to already: as Stripe has it now, whatever we were told last."""
    living = living_subscription()
    if living is None:
        return False
    follow("platform", "subscription", living.subscription_id, None, now=now)
    return living.state in LIVING


def _give_back(told: Answer, now: datetime) -> None:
    """Give back what was paid for a second subscription beside a living one, and end it: nobody pays for two plans."""
    invoice = gateway.fetch("invoice", told["latest_invoice"]["id"], expand=("payments",))
    for payment in (invoice.get("payments") or {}).get("data", ()):
        if payment["status"] == "paid":
            _refund(f"second plan {told['id']}", payment["payment"]["payment_intent"], now)
    # Last: while it runs it is found again, however often Stripe or our process fails before.
    gateway.end("subscription", told["id"])


def _refund(subject: str, intent: str, now: datetime) -> None:
    """Refund a payment and book it, unless it has gone back by hand or by its bank: there is nothing more to give then."""
    try:
        back = perform("refund", subject, {"payment_intent": intent}, now=now)
    except Refused:
        charge = gateway.fetch("payment_intent", intent, expand=("latest_charge",))["latest_charge"]
        if not (charge["refunded"] or charge["disputed"]):
            raise
        return
    lines = (Line("card", back["amount"]), Line("plan", -back["amount"]))
    post("plan.returned", f"refund {back['id']}", lines, currency=back["currency"], happened_at=now, now=now)


@reconciles("plan")
def compare_plans(now: datetime) -> Iterator[Difference]:
    """Give the subscriptions at Stripe that ours do not equal."""
    account = plan_account()
    if account is None:
        return
    for told in gateway.each("subscription", {"customer": account.customer_id, "status": "all"}):
        if choice_of(told["items"]["data"][0]["price"]) is None:
            continue
        ours = _known(PlanSubscription, PlanSubscription.subscription_id == told["id"])
        if ours is None and told["status"] not in LIVING:
            continue
        theirs = PlanSubscription()
        theirs.take_over(told, now=now)
        if ours is None or _standing(ours) != _standing(theirs):
            was = _standing(ours) if ours is not None else "unknown"
            yield Difference(told["id"], "plan", was, _standing(theirs), kind="subscription")


@reconciles("plan invoice")
def compare_invoices(_now: datetime) -> Iterator[Difference]:
    """Give the invoices at Stripe that ours do not equal."""
    account = plan_account()
    if account is None:
        return
    for told in gateway.each("invoice", {"customer": account.customer_id}):
        ours = _known(PlanInvoice, PlanInvoice.invoice_id == told["id"])
        was, now_is = f"{ours.state} {ours.paid}" if ours else "unknown", f"{told['status']} {told['amount_paid']}"
        if was != now_is:
            yield Difference(told["id"], "invoice", was, now_is, kind="invoice")


def _standing(one: PlanSubscription) -> str:
    # One that ends with its period ends at the same moment as one that goes on is paid until.
    until = f"ends {one.cancels_at:%Y-%m-%d %H:%M}" if one.cancels_at else f"until {one.period_ends_at:%Y-%m-%d %H:%M}"
    return f"{one.state} {one.plan} {one.interval} × {one.quantity}, {until}"
