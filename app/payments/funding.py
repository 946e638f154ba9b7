"""Paying in: the client is led to Stripe's page, and what becomes of it there is looked up, whoever tells us first."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.commissions.split import FREE, FrozenTerms
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.memberships.at_stripe import customer_at
from app.payments import books
from app.payments.models import Payment
from app.payments.models.payment import group_of
from app.payments.parts import Part, latest
from app.payments.settling import settle_up
from app.payments.telling import tell
from billing import gateway
from billing.following import follow, follows, lock
from billing.gateway import CAPTURED_AT_ONCE, Answer
from billing.operations import perform
from billing.owners import own
from billing.taxes import WITH_INVOICE, invoice_page
from tenants.context import Actor, current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.links import hall_url

# Stripe's page closes after that: a bank that was asked and never answered leaves the part unpaid, to be tried again.
_PAGE_LASTS = timedelta(hours=1)


class NotToBePaid(Conflict):
    message = _l("This can't be paid in now.")


class PaidIn(Conflict):
    message = _l("This is paid in already.")


def fund(part: Part, *, by: Actor, now: datetime) -> str:
    """Return Stripe's page on which the client pays a part in; asked for twice, it is one payment.

    :raises PaidIn: when it is paid, or the bank is still at it.
    :raises NotToBePaid: when the agreement has not come so far, or is over.
    :raises Refused: when Stripe gives no page.
    :raises Unclear: when Stripe does not answer; asking again is safe.
    """
    if not part.can_be_paid:
        raise NotToBePaid
    lock(f"funding {part.agreement.id}")
    # Whoever led may have handed it on while we waited: from here on everything is read anew.
    db.session.flush()
    db.session.expire_all()
    before = latest(part)
    if before is not None and before.is_open:
        session = gateway.fetch("checkout.session", before.session_id or "")
        if session["status"] == "open":
            return str(session["url"])
        follow("platform", "checkout.session", before.session_id or "", None, now=now)
    if before is not None and before.state not in ("failed", "expired", "refunded"):
        raise PaidIn
    shared = part.split(before)
    fee = shared.client_pays - shared.price
    items = [(part.title, shared.price), *([(_("Fee of %(hall)s", hall=tenant.name), fee)] if fee else [])]
    payment = Payment(
        agreement_id=part.agreement.id,
        milestone_id=part.id,
        kind="work",
        title=part.title,
        price=shared.price,
        total=shared.client_pays,
        currency=part.currency,
    )
    return _ask(payment, part.agreement, items, part.terms, by=by, now=now)


def tip(agreement: Agreement, amount: int, *, by: Actor, now: datetime) -> str:
    """Return Stripe's page on which the client adds something of their own to work that was accepted; all of it is the worker's.

    :raises NotToBePaid: before anything was accepted.
    """
    if agreement.settlement != "money" or not (agreement.accepted_at or agreement.outcome == "finished"):
        raise NotToBePaid
    lock(f"funding {agreement.id}")
    payment = Payment(
        agreement_id=agreement.id,
        kind="tip",
        title=agreement.title,
        price=amount,
        total=amount,
        currency=agreement.currency,
    )
    items = [(_("A tip: %(title)s", title=agreement.title), amount)]
    return _ask(payment, agreement, items, FREE, by=by, now=now)


def _ask(
    payment: Payment,
    agreement: Agreement,
    items: list[tuple[str, int]],
    terms: FrozenTerms,
    *,
    by: Actor,
    now: datetime,
) -> str:
    """Open Stripe's page for a payment and keep both; return the page."""
    payment.client_id, payment.worker_id = agreement.client_id, agreement.worker_id
    payment.terms, payment.asked_at, payment.state = terms.as_json(), now, "asked"
    payment.attempt = _tries(payment) + 1
    # Stripe tells of whoever an invoice is for: known as ours, it is known whose that is.
    customer = customer_at(by.id, by.name, "", now=now)
    own(customer)
    while True:
        what = payment.milestone_id or "whole"
        subject = f"{payment.kind} {what} of agreement {agreement.id}, try {payment.attempt}"
        wanted = _wanted(payment, items, now) | {"customer": customer}
        session = perform("checkout.session", subject, wanted, now=now)
        if session["status"] == "open" and session["amount_total"] == payment.total:
            break
        # Asked for once and never shown to anybody: our answer to that was lost, and the page has closed meanwhile.
        payment.attempt += 1
    own(session["id"])
    own(payment.group)
    payment.session_id = session["id"]
    db.session.add(payment)
    db.session.flush()
    return str(session["url"])


def _tries(payment: Payment) -> int:
    """Return how often the same was asked for before."""
    tries = select(func.coalesce(func.max(Payment.attempt), 0)).where(
        scoped(Payment),
        Payment.agreement_id == payment.agreement_id,
        Payment.milestone_id.is_not_distinct_from(payment.milestone_id),
        Payment.kind == payment.kind,
    )
    return int(db.session.execute(tries).scalar_one())


def _wanted(payment: Payment, items: list[tuple[str, int]], now: datetime) -> dict[str, Any]:
    back = {"agreement_id": payment.agreement_id}
    about = {"tenant": str(current_tenant_id()), "agreement": str(payment.agreement_id)}
    return {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": payment.currency.lower(),
                    "unit_amount": amount,
                    "product_data": {"name": name},
                },
            }
            for name, amount in items
        ],
        **WITH_INVOICE,
        "payment_intent_data": {
            "transfer_group": group_of(payment.agreement_id),
            "metadata": about,
            **CAPTURED_AT_ONCE,
        },
        "metadata": about,
        "expires_at": int((now + _PAGE_LASTS).timestamp()),
        "success_url": hall_url(tenant, "payments.paid", **back),
        "cancel_url": hall_url(tenant, "agreements.show", **back),
    }


@follows("platform", "checkout.session")
def follow_session(object_id: str, _account: str | None, now: datetime) -> None:
    """Let a payment be as Stripe's page for it is now; pages that are not for gigs are somebody else's to follow."""
    found = db.session.scalars(select(Payment).where(scoped(Payment), Payment.session_id == object_id)).one_or_none()
    if found is None:
        return
    session = gateway.fetch("checkout.session", object_id, expand=("payment_intent",))
    charge = _charge(session)
    # Gig, application, agreement, then payment: everybody takes them in this order.
    agreement = agreement_or_404(found.agreement_id)
    agreement.lock()
    found.lock()
    if not found.is_open:
        return
    if charge is not None:
        found.page_url = invoice_page(session, None)
        _hold(found, agreement, charge, now=now)
    elif session["status"] == "expired":
        found.state, found.ended_at = "expired", now
    elif session["status"] == "complete" and _gave_up(session):
        found.state, found.ended_at = "failed", now
    else:
        found.state = "asked" if _intent(session).get("status") in (None, "requires_payment_method") else "processing"


def _intent(session: Answer) -> Answer:
    intent = session.get("payment_intent")
    return intent if isinstance(intent, dict) else {}


def _gave_up(session: Answer) -> bool:
    return _intent(session).get("status") in ("requires_payment_method", "canceled")


def _charge(session: Answer) -> Answer | None:
    """Return what was taken from the client's card, once it was."""
    if session["status"] != "complete" or session["payment_status"] != "paid":
        return None
    return gateway.settled_charge(_intent(session)["latest_charge"])


def _hold(payment: Payment, agreement: Agreement, charge: Answer, *, now: datetime) -> None:
    """Keep what was paid, until the work is accepted or ends. Either may have happened meanwhile."""
    payment.charge_id, payment.held_at, payment.state = charge["id"], now, "held"
    own(charge["id"])
    books.paid_in(payment, charge, now=now)
    if payment.kind == "work":
        tell("fund", payment, by=payment.client_id)
    db.session.flush()
    if charge["disputed"] or charge["amount_refunded"]:
        # A bank, or somebody at Stripe, was faster than whoever told us that it was paid.
        follow("payments", "charge", charge["id"], None, now=now)
    if payment.state == "held":
        settle_up(payment, agreement, now=now)
