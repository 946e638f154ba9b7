"""What the clock brings: renewals, the end of trials, further tries, payouts. `advance` goes there step by step."""

from tests.stripe import invoices
from tests.stripe.invoices import RETRIES
from tests.stripe.payments import capture_what_is_late
from tests.stripe.periods import after
from tests.stripe.subscriptions import LIVING, end, settle
from tests.stripe.transfers import pay_out
from tests.stripe.world import DAY, PLATFORM, Thing, World

_GIVES_UP_AFTER = 23 * 3600


def advance(world: World, seconds: int) -> None:
    """Move the clock on, and let everything happen that falls due until then, each at its own time."""
    until = world.now() + seconds
    while (due := _next(world)) is not None and due <= until:
        world.offset += max(0, due - world.now())
        tick(world)
    world.offset += max(0, until - world.now())
    tick(world)


def tick(world: World) -> None:
    """Let happen what is due by now."""
    capture_what_is_late(world)
    for account in list(world.accounts):
        for subscription in world.all(account, "subscription"):
            if (due := _due(subscription)) is not None and due <= world.now():
                _renew(world, account, subscription)
        for invoice in world.all(account, "invoice", status="open"):
            if (due := invoice["next_payment_attempt"]) is not None and due <= world.now():
                _try_again(world, account, invoice)
        for session in world.all(account, "checkout.session", status="open"):
            if session["expires_at"] <= world.now():
                world.change(account, session, "checkout.session.expired", status="expired", url=None)
        for payout in world.all(account, "payout", status="pending"):
            if payout["arrival_date"] <= world.now():
                world.change(account, payout, "payout.paid", status="paid")
    _pay_out_daily(world)


def _next(world: World) -> int | None:
    """Return the next moment at which something falls due; payouts come with the money that settles."""
    moments = [
        moment
        for account in world.accounts
        for moment in (
            *(_due(subscription) for subscription in world.all(account, "subscription")),
            *(invoice["next_payment_attempt"] for invoice in world.all(account, "invoice", status="open")),
            *(session["expires_at"] for session in world.all(account, "checkout.session", status="open")),
            *(payout["arrival_date"] for payout in world.all(account, "payout", status="pending")),
            *(
                part["available_on"]
                for part in world.all(account, "balance_transaction")
                if part["available_on"] > world.now()
            ),
        )
        if moment is not None
    ]
    return min(moments, default=None)


def _due(subscription: Thing) -> int | None:
    if subscription["status"] == "incomplete":
        return int(subscription["created"]) + _GIVES_UP_AFTER
    elif subscription["status"] not in LIVING or subscription["status"] == "unpaid":
        return None
    elif subscription["status"] == "trialing":
        return int(subscription["trial_end"])
    else:
        return min(int(item["current_period_end"]) for item in subscription["items"]["data"])


def _renew(world: World, account: str, subscription: Thing) -> None:
    if subscription["status"] == "incomplete":
        invoices.void(world, account, world.of(account, "invoice", subscription["latest_invoice"]))
        world.change(account, subscription, "customer.subscription.updated", status="incomplete_expired")
        return
    if subscription["cancel_at_period_end"]:
        end(world, account, subscription, reason="cancellation_requested")
        return
    begins = _due(subscription) or world.now()
    lines, subscription["_pending"] = subscription["_pending"], []
    for item in subscription["items"]["data"]:
        ends = after(begins, item["price"]["recurring"], anchor=subscription["billing_cycle_anchor"])
        item |= {"current_period_start": begins, "current_period_end": ends}
        lines.append(invoices.line(world, item, item["price"]["unit_amount"] * item["quantity"], begins, ends))
    invoice = invoices.new_invoice(world, account, subscription, lines, reason="subscription_cycle")
    is_paid = invoices.collect(world, account, invoice)
    subscription["status"] = "active" if is_paid and subscription["status"] != "past_due" else "past_due"
    world.tell(account, "customer.subscription.updated", subscription, latest_invoice=None)
    if is_paid:
        settle(world, account, invoice)


def _try_again(world: World, account: str, invoice: Thing) -> None:
    about = invoice["parent"]["subscription_details"]["subscription"]
    if invoices.collect(world, account, invoice):
        settle(world, account, invoice)
    elif invoice["_tries"] > len(RETRIES):
        # Stripe's usual setting: after the last try the subscription ends.
        end(world, account, world.of(account, "subscription", about), reason="payment_failed")


def _pay_out_daily(world: World) -> None:
    for account in world.all(PLATFORM, "account"):
        of_its_own = world.all(account["id"], "balance_transaction")
        last = max((payout["created"] for payout in world.all(account["id"], "payout")), default=0)
        if not account["payouts_enabled"] or world.now() - last < DAY:
            continue
        for currency in {part["currency"] for part in of_its_own}:
            if (amount := world.balance(account["id"], currency)) > 0:
                pay_out(world, account["id"], amount, currency, automatic=True)
