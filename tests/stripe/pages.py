"""The pages that people click through: setting up an account, paying, the bank's question, the portal, the fake itself."""

from html import escape
from typing import Any

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from tests.stripe import checkout, payments, subscriptions
from tests.stripe.accounts import set_stage
from tests.stripe.checkout import NeedsOwner
from tests.stripe.customers import bill_to
from tests.stripe.discounts import refusal_of
from tests.stripe.problems import Declined, NoSuch, Problem
from tests.stripe.world import PLATFORM, Thing, World

CARDS = (
    ("pm_card_visa", "A card that pays"),
    ("pm_card_chargeDeclined", "A card that is declined"),
    ("pm_card_authenticationRequired", "A card whose bank asks"),
    ("pm_card_chargeCustomerFail", "A card that pays today and never again"),
    ("pm_card_createDispute", "A card whose owner disputes the payment"),
)
STAGES = (
    ("complete", "Answer everything"),
    ("papers", "Answer, but bring no identity document"),
    ("checking", "Answer, and let Stripe check for a while"),
    ("rejected", "Be refused"),
    ("", "Leave for now"),
)


def page(world: World, request: Request) -> Response:
    """Answer a person's browser."""
    parts = request.path.strip("/").split("/")
    shown = {"setup": _setup, "pay": _pay, "portal": _portal, "invoice": _invoice, "authenticate": _authenticate}
    try:
        if parts[0] in shown and len(parts) >= 3:
            return shown[parts[0]](world, request, parts[1], parts[2])
        return _front(world)
    except NoSuch:
        return _html("Nothing is here", "<p>This page has expired.</p>", status=404)


def _html(title: str, body: str, *, status: int = 200) -> Response:
    return Response(_FRAME.format(title=escape(title), body=body), status, content_type="text/html; charset=utf-8")


def _button(name: str, value: str, words: str) -> str:
    return f'<button name="{name}" value="{escape(value)}">{escape(words)}</button>'


def _money(amount: int, currency: str) -> str:
    return escape(f"{amount / 100:.2f} {currency.upper()}")


def _setup(world: World, request: Request, account_id: str, link_id: str) -> Response:
    account, link = world.account(account_id), world.of(PLATFORM, "account_link", link_id)
    if request.method == "POST":
        if stage := request.form.get("stage"):
            set_stage(world, account, stage)
        return redirect(link["return_url"], 303)
    if link["_used"] or link["expires_at"] < world.now():
        return redirect(link["refresh_url"], 303)
    link["_used"] = True
    due = "".join(f"<li>{escape(name)}</li>" for name in account["requirements"]["currently_due"])
    buttons = "".join(_button("stage", stage, words) for stage, words in STAGES)
    return _html("Set up your account", f"<p>Still asked for:</p><ul>{due}</ul><form method=post>{buttons}</form>")


def _pay(world: World, request: Request, account: str, session_id: str) -> Response:
    session = world.of(account, "checkout.session", session_id)
    if session["status"] != "open":
        words = "This was paid." if session["status"] == "complete" else "This page has expired."
        return _html("Pay", f"<p>{words}</p>", status=410)
    if request.method == "GET":
        return _pay_form(session)
    answer = request.form.get("bank")
    try:
        checkout.pay(
            world,
            account,
            session,
            request.form["card"],
            email=request.form.get("email") or "somebody@example.org",
            approved=None if answer is None else answer == "yes",
        )
    except Declined:
        return _pay_form(session, "Your card was declined. Try another one.", status=402)
    except NeedsOwner:
        kept = "".join(
            f'<input type=hidden name="{name}" value="{escape(value)}">' for name, value in request.form.items()
        )
        buttons = _button("bank", "yes", "Yes, it is me") + _button("bank", "no", "No")
        return _html("Your bank asks", f"<p>Do you want to pay this?</p><form method=post>{kept}{buttons}</form>")
    except Problem as problem:
        # What is taken off was used up while they looked.
        return _pay_form(session, refusal_of(problem), status=409)
    if session["customer"]:
        # A guest has no name or number of a company to be kept.
        _bill_to(world, account, world.of(account, "customer", session["customer"]), request.form)
    return redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"]), 303)


def _pay_form(session: Thing, problem: str = "", *, status: int = 200) -> Response:
    items = "".join(
        f"<li>{escape(item['price']['nickname'] or 'Item')}: {_money(item['amount_total'], session['currency'])}</li>"
        for item in session["_items"]
    )
    if off := session["total_details"]["amount_discount"]:
        items += f"<li>{escape(session['_coupon']['name'] or 'Discount')}: -{_money(off, session['currency'])}</li>"
    told = f"<p role=alert><strong>{escape(problem)}</strong></p>" if problem else ""
    email = escape(session["customer_email"] or "")
    buttons = "".join(_button("card", card, words) for card, words in CARDS)
    away = f'<p><a href="{escape(session["cancel_url"])}">Back without paying</a></p>' if session["cancel_url"] else ""
    return _html(
        f"Pay {session['amount_total'] / 100:.2f} {session['currency'].upper()}",
        f"{told}<ul>{items}</ul><form method=post>"
        f'<p><label>E-mail <input type=email name=email value="{email}"></label></p>'
        f"{_BUSINESS if session['_asks_for_business'] else ''}{buttons}</form>{away}",
        status=status,
    )


def _bill_to(world: World, account: str, customer: Thing, form: Any) -> None:
    """Keep what somebody said of their business, if anything."""
    said = {"name": "business", "line1": "line1", "country": "country", "vat": "vat"}
    if any(form.get(field) for field in said.values()):
        bill_to(world, account, customer, **{name: form.get(field, "") for name, field in said.items()})


def _authenticate(world: World, request: Request, account: str, intent_id: str) -> Response:
    intent = world.of(account, "payment_intent", intent_id)
    if request.method == "POST":
        card = world.of(account, "payment_method", intent["payment_method"])
        if request.form.get("bank") == "yes":
            intent["_authenticated"] = True
            payments.confirm(world, account, intent, card, off_session=False)
        else:
            failed = {"status": "requires_payment_method", "next_action": None}
            world.change(account, intent, "payment_intent.payment_failed", **failed)
        return redirect(request.args.get("return_to", world.base), 303)
    buttons = _button("bank", "yes", "Yes, it is me") + _button("bank", "no", "No")
    return _html(
        "Your bank asks", f"<p>{_money(intent['amount'], intent['currency'])}</p><form method=post>{buttons}</form>"
    )


def _portal(world: World, request: Request, account: str, session_id: str) -> Response:
    session = world.of(account, "billing_portal.session", session_id)
    customer = world.of(account, "customer", session["customer"])
    if request.method == "POST":
        _do_in_portal(world, account, customer, request.form)
        return redirect(request.path, 303)
    cancels = _may_cancel(world, account, session)
    rows = "".join(_portal_row(one, cancels) for one in world.all(account, "subscription", customer=customer["id"]))
    cards = "".join(_button("card", card, words) for card, words in CARDS)
    bills = "".join(
        f'<li><a href="{one["hosted_invoice_url"]}">{escape(one["number"])}</a> '
        f"{_money(one['total'], one['currency'])} {one['status']}</li>"
        for one in world.all(account, "invoice", customer=customer["id"])
    )
    away = f'<p><a href="{escape(session["return_url"])}">Back</a></p>' if session["return_url"] else ""
    details = f"<h2>On your invoices</h2>{_BUSINESS}{_button('details', 'keep', 'Save')}"
    body = f"<form method=post>{rows}<h2>Pay with</h2>{cards}{details}</form><h2>Invoices</h2><ul>{bills}</ul>{away}"
    return _html("Your subscriptions", body)


def _may_cancel(world: World, account: str, session: Thing) -> bool:
    known = world.accounts[account].get(session["configuration"])
    return known is None or bool(known["features"].get("subscription_cancel", {}).get("enabled"))


def _portal_row(subscription: Thing, cancels: bool) -> str:
    words = f"<p>{escape(subscription['items']['data'][0]['price']['nickname'] or 'Subscription')}: {subscription['status']}</p>"
    if subscription["status"] not in subscriptions.LIVING or not cancels:
        return words
    elif subscription["cancel_at_period_end"]:
        return words + _button("resume", subscription["id"], "Keep it after all")
    else:
        return words + _button("cancel", subscription["id"], "Cancel at the end of the period")


def _do_in_portal(world: World, account: str, customer: Thing, form: Any) -> None:
    if form.get("details"):
        _bill_to(world, account, customer, form)
        return
    if card := form.get("card"):
        subscriptions.change_card(world, account, customer, card)
        return
    subscription = world.of(account, "subscription", form.get("cancel") or form.get("resume"))
    subscriptions.cancel_later(subscription, "cancel" in form, now=world.now())
    world.tell(account, "customer.subscription.updated", subscription, cancel_at_period_end="cancel" not in form)


def _invoice(_world: World, _request: Request, account: str, invoice_id: str) -> Response:
    invoice = _world.of(account, "invoice", invoice_id)
    return _html(
        f"Invoice {invoice['number']}", f"<p>{_money(invoice['total'], invoice['currency'])}, {invoice['status']}</p>"
    )


def _front(world: World) -> Response:
    """Show what there is, with buttons for what only Stripe, banks and time do."""
    rows = []
    for account in world.all(PLATFORM, "account"):
        things = world.accounts[account["id"]].values()
        counted = {
            kind: sum(thing["object"] == kind for thing in things) for kind in ("subscription", "charge", "payout")
        }
        facts = ", ".join(f"{number} {kind}s" for kind, number in counted.items())
        rows.append(f"<li><code>{account['id']}</code> {escape(account['email'] or '')}: {facts}</li>")
    buttons = "".join(
        _button("days", days, words) for days, words in (("1", "A day"), ("7", "A week"), ("31", "A month"))
    )
    body = (
        "<p>This stands in for Stripe. No money moves.</p>"
        "<form method=post action=/control/clock><input type=hidden name=back value=/>"
        f"<p>Move its clock on by:</p>{buttons}</form>"
        f"<h2>Accounts</h2><ul>{''.join(rows) or '<li>None yet.</li>'}</ul>"
    )
    return _html("A stand-in for Stripe", body)


_BUSINESS = (
    "<p><label>Business <input name=business></label></p><p><label>Address <input name=line1></label></p>"
    "<p><label>Country <input name=country size=2 maxlength=2></label></p><p><label>VAT number <input name=vat></label></p>"
)
_FRAME = """<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>{title}</title><style>body{{font:1rem/1.5 system-ui;max-width:36rem;margin:3rem auto;padding:0 1rem;color:#1b1b1f}}
button{{display:block;min-height:44px;margin:.5rem 0;padding:.5rem 1rem;font:inherit;width:100%;text-align:start;
background:#fff;color:inherit;border:1px solid #8a8a94;border-radius:6px}}button:hover{{background:#f1f1f6}}
.note{{background:#fff3d6;padding:.5rem 1rem}}input{{font:inherit;padding:.4rem}}a{{color:#2a4bb5}}</style>
<p class=note>A stand-in for Stripe, for trying things out: no money moves here.</p><h1>{title}</h1>{body}</html>"""
