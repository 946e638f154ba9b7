"""Money on its way: to those who earned it, back from them, back to the client. These are jobs; each step is asked for
once, however often it is tried, and booked in the transaction that notes it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.payments import books
from app.payments.debts import keep_what_is_owed
from app.payments.models import Payment, Refund, Share
from app.payments.models.account import living_account
from app.payments.telling import tell
from billing.following import follow
from billing.gateway import Refused
from billing.operations import is_under_way, perform
from tenants.context import current_tenant_id
from tenants.isolation import scoped

#: What Stripe calls a refund that its receiver did not get: the money is back with whoever sent it.
FAILED = ("failed", "canceled")

_TRIES = 8


@job("payments.send", queue="money", retries=_TRIES)
def send(*, share_id: str) -> None:
    """Send a share to its owner's account, where it can be. While they have no account that may receive, and while a bank
    disputes anything of the agreement, it stays held for them.

    :raises Unclear: when Stripe does not answer.
    """
    share, payment = locked(UUID(share_id))
    now, account = clock.now(), living_account(share.party_id) if share.party_id else None
    if not share.to_send or _is_frozen(payment.agreement_id):
        return
    subject = f"share {share.id}, time {share.again + 1}" if share.again else f"share {share.id}"
    if not is_under_way("transfer", subject) and keep_what_is_owed(share, payment, now=now):
        # That is committed before anything is asked for: asked again, it must be the same amount.
        send.enqueue(share_id=share_id)
        return
    if account is None or not account.receives:
        return
    wanted = {
        "amount": share.to_send,
        "currency": payment.currency.lower(),
        "destination": account.account_id,
        "transfer_group": payment.group,
        "metadata": {"tenant": str(current_tenant_id()), "agreement": str(payment.agreement_id)},
    }
    if not share.again:
        # What was sent once counts against its payment for good; sent anew it comes out of what was fetched back.
        wanted["source_transaction"] = payment.charge_id
    try:
        transfer = perform("transfer", subject, wanted, now=now)
    except Refused as refusal:
        if refusal.code != "insufficient_capabilities_for_transfer":
            raise
        # Something is missing there again, and nobody has told us: it stays held until their account is ready.
        follow("connect", "account", account.account_id, account.account_id, now=now)
        return
    share.sent, share.transfer_id, share.sent_at = transfer["amount"], transfer["id"], now
    db.session.flush()
    books.sent(payment, share, transfer, now=now)
    # When it was first asked for it may have been more: something was taken back before we heard the answer.
    fetch_now(share, payment)


@job("payments.fetch", queue="money", retries=_TRIES)
def fetch(*, share_id: str) -> None:
    """Fetch back from an account what is not its owner's any more. What cannot be fetched they owe, and are told so.

    :raises Unclear: when Stripe does not answer.
    """
    fetch_now(*locked(UUID(share_id)))


def fetch_now(share: Share, payment: Payment) -> None:
    """Do the same to a share that is locked, with its payment."""
    now = clock.now()
    while share.to_fetch:
        # What was kept for a debt never was on their account: it is owed once more.
        amount = min(share.to_fetch, share.fetchable)
        try:
            if not amount:
                _lose(share, payment, share.to_fetch, now)
            elif not came_back(share, payment, _ask_back(share, amount, now), now=now):
                return
        except Refused:
            _lose(share, payment, amount, now)


def came_back(share: Share, payment: Payment, reversal: dict[str, Any], *, now: datetime) -> bool:
    """Note a reversal, whoever asked for it; return whether that was news."""
    is_new = books.fetched(payment, share, reversal, now=now)
    if is_new:
        share.reversed += reversal["amount"]
        db.session.flush()
    return is_new


def _ask_back(share: Share, amount: int, now: datetime) -> dict[str, Any]:
    wanted = {"transfer": share.transfer_id, "amount": amount, "metadata": {"share": str(share.id)}}
    subject = f"share {share.id} after {share.reversed + share.lost}"
    if share.again:
        subject = f"{subject}, time {share.again + 1}"
    return perform("transfer_reversal", subject, wanted, now=now)


def _lose(share: Share, payment: Payment, amount: int, now: datetime) -> None:
    share.lost += amount
    db.session.flush()
    books.lost(payment, share, amount, now=now)
    tell("owe", payment, by=None, amount=amount, party_id=share.party_id)


@job("payments.refund", queue="money", retries=_TRIES)
def refund(*, refund_id: str) -> None:
    """Send back to the client what is to go back. While a bank disputes the payment it waits for what the bank decides.

    :raises Unclear: when Stripe does not answer.
    """
    asked = db.session.scalars(select(Refund).where(scoped(Refund), Refund.id == UUID(refund_id))).one()
    payment = db.session.get_one(Payment, (current_tenant_id(), asked.payment_id))
    payment.lock()
    db.session.refresh(asked, with_for_update={"key_share": True})
    if asked.state != "asked" or payment.is_disputed:
        return
    now = clock.now()
    wanted = {"charge": payment.charge_id, "amount": asked.amount, "metadata": {"refund": str(asked.id)}}
    try:
        made = perform("refund", f"refund {asked.id}", wanted, now=now)
    except Refused as refusal:
        # Somebody was faster, at Stripe or at the bank: the charge says who.
        asked.problem = refusal.code or refusal.detail[:200]
    else:
        finish_refund(payment, asked, made)


def finish_refund(payment: Payment, asked: Refund, made: dict[str, Any]) -> None:
    """Note that something has gone back."""
    now = clock.now()
    asked.state, asked.refund_id, asked.ended_at, asked.problem = "done", str(made["id"]), now, ""
    db.session.flush()
    books.returned(payment, asked, made, now=now)
    if made["status"] in FAILED:
        fail_refund(payment, asked, made, now=now)


def fail_refund(payment: Payment, gone: Refund, made: dict[str, Any], *, now: datetime) -> None:
    """Note that the client's bank did not take what had gone back: it is still owed to them, and people say how they get it."""
    gone.state, gone.problem = "failed", str(made.get("failure_reason") or "")
    db.session.flush()
    books.refund_failed(payment, gone, made, now=now)
    tell("refund_failed", payment, by=None, amount=gone.amount)


def locked(share_id: UUID) -> tuple[Share, Payment]:
    """Return a share and its payment as they are now; nobody else moves them until this transaction ends."""
    share = db.session.scalars(select(Share).where(scoped(Share), Share.id == share_id)).one()
    payment = db.session.get_one(Payment, (current_tenant_id(), share.payment_id))
    payment.lock()
    db.session.refresh(share, with_for_update={"key_share": True})
    return share, payment


def _is_frozen(agreement_id: UUID) -> bool:
    """Whether a bank disputes a payment of an agreement: until that is over nothing of it leaves."""
    disputed = select(Payment.id).where(
        scoped(Payment), Payment.agreement_id == agreement_id, Payment.dispute_state == "open"
    )
    return db.session.execute(disputed.limit(1)).scalar_one_or_none() is not None
