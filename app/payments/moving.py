"""Money on its way: to those who earned it, back from them, back to the client. These are jobs; each step is asked for
once, however often it is tried, and booked in the transaction that notes it.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.payments import books
from app.payments.models import Payment, Refund, Share
from app.payments.models.account import living_account
from app.payments.telling import tell
from billing.following import follow
from billing.gateway import Refused
from billing.operations import perform
from tenants.context import current_tenant_id
from tenants.isolation import scoped

_TRIES = 8


@job("payments.send", queue="money", retries=_TRIES)
def send(*, share_id: str) -> None:
    """Send a share to its owner's account, where it can be. While they have no account that may receive, and while a bank
    disputes anything of the agreement, it stays held for them.

    :raises Unclear: when Stripe does not answer.
    """
    share, payment = _locked(UUID(share_id))
    now, account = clock.now(), living_account(share.party_id) if share.party_id else None
    if not share.to_send or account is None or not account.receives or _is_frozen(payment.agreement_id):
        return
    wanted = {
        "amount": share.to_send,
        "currency": payment.currency.lower(),
        "destination": account.account_id,
        "source_transaction": payment.charge_id,
        "transfer_group": payment.group,
        "metadata": {"tenant": str(current_tenant_id()), "agreement": str(payment.agreement_id)},
    }
    try:
        transfer = perform("transfer", f"share {share.id}", wanted, now=now)
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
    _fetch(share, payment)


@job("payments.fetch", queue="money", retries=_TRIES)
def fetch(*, share_id: str) -> None:
    """Fetch back from an account what is not its owner's any more. What cannot be fetched they owe, and are told so.

    :raises Unclear: when Stripe does not answer.
    """
    _fetch(*_locked(UUID(share_id)))


def _fetch(share: Share, payment: Payment) -> None:
    now = clock.now()
    while share.to_fetch:
        wanted = {"transfer": share.transfer_id, "amount": share.to_fetch, "metadata": {"share": str(share.id)}}
        subject = f"share {share.id} after {share.reversed + share.lost}"
        try:
            made = perform("transfer_reversal", subject, wanted, now=now)
        except Refused:
            amount = share.to_fetch
            share.lost += amount
            db.session.flush()
            books.lost(payment, share, amount, now=now)
            tell("owe", payment, by=None, amount=amount, party_id=share.party_id)
        else:
            share.reversed += made["amount"]
            db.session.flush()
            books.fetched(payment, share, made, now=now)


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


def _locked(share_id: UUID) -> tuple[Share, Payment]:
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
