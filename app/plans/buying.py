"""A marketplace takes its first plan that costs something: on a page of Stripe's, one at a time."""

from datetime import datetime

from app.accounts.models import User
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import language
from app.core.languages import lazy_gettext as _l
from app.plans.catalogue import price_id
from billing import gateway
from billing.following import follow
from billing.gateway import Answer, Params, Refused
from billing.operations import perform
from billing.owners import own
from billing.plan_accounts import PlanAccount, living_subscription, locked_plan_account
from billing.plans import Choice, currency_here
from billing.presence import billable
from tenants.context import Actor, current_tenant_id, tenant

# As often as a page of former days may stand in the way.
_MOST = 20


class HasPlan(Conflict):
    message = _l("Your marketplace has this paid already. Look at its plan as it is now.")


def page_to_pay(choice: Choice, *, by: Actor, success_url: str, cancel_url: str, now: datetime) -> str:
    """Return Stripe's page on which a plan is taken. Asked for twice it is the same page; of another choice, the page before is
    closed first, so that nobody pays on two.

    :raises HasPlan: when a plan was taken meanwhile.
    :raises Refused: when Stripe opens none.
    :raises Unclear: when it does not answer; asking again is safe.
    """
    account = account_of(by, now=now)
    if living_subscription() is not None:
        raise HasPlan
    wanted = _page(choice, account, now=now) | {"success_url": success_url, "cancel_url": cancel_url}
    for _ in range(_MOST):
        session = perform("checkout.session", f"plan {account.checkouts + 1}", wanted, now=now)
        account.checkout_id = session["id"]
        if session["status"] == "open" and session["metadata"].get("choice") == choice.name:
            return str(session["url"])
        _close(session, now=now)
        account.checkouts += 1
        db.session.flush()
    raise HasPlan


def account_of(by: Actor, *, now: datetime) -> PlanAccount:
    """Return the customer that the tenant in force is, made now where it is none, locked until this transaction ends."""
    account = locked_plan_account()
    if account is None:
        leader = db.session.get_one(User, by.user_id)
        wanted = {
            "name": tenant.name,
            "email": leader.email,
            "preferred_locales": [language()],
            "metadata": {"tenant": str(current_tenant_id())},
        }
        customer = perform("customer", "plan", wanted, now=now)
        own(customer["id"])
        account = PlanAccount(customer_id=customer["id"], checkouts=0, changes=0)
        account.take_over(customer, now=now)
        db.session.add(account)
        db.session.flush()
    return account


def how_many(choice: Choice, *, now: datetime) -> int:
    """Return how often a choice is paid: for each active person, or once."""
    return billable(now=now) if choice.plan.by_people else 1


def _page(choice: Choice, account: PlanAccount, *, now: datetime) -> Params:
    return {
        "mode": "subscription",
        "customer": account.customer_id,
        "line_items": [{"price": price_id(choice, currency_here(), now=now), "quantity": how_many(choice, now=now)}],
        # Business details and a VAT number are asked for there, and checked by Stripe.
        "billing_address_collection": "required",
        "tax_id_collection": {"enabled": True},
        "customer_update": {"name": "auto", "address": "auto"},
        "locale": language() if language() in ("de", "es") else "auto",
        "metadata": {"choice": choice.name},
        "subscription_data": {"metadata": {"tenant": str(current_tenant_id())}},
    }


def _close(session: Answer, *, now: datetime) -> None:
    """See that nothing can be paid on a page any more.

    :raises HasPlan: when it was.
    """
    if session["status"] == "open":
        try:
            gateway.end("checkout.session", session["id"])
        except Refused:
            # Paid, or expired, in this moment.
            session = gateway.fetch("checkout.session", session["id"])
    if session["status"] == "complete":
        follow("platform", "checkout.session", session["id"], None, now=now)
        if living_subscription() is not None:
            raise HasPlan
