"""What banks and the people at Stripe do to a payment: disputes, won and lost, and refunds that nobody here asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.core.database import db
from app.core.languages import gettext as _
from app.payments import books, moving
from app.payments.models import OWED, Payment, Refund
from app.payments.parts import payments_of
from app.payments.settling import fetch_back, give_back, settle_up, take
from app.payments.telling import tell
from billing import gateway
from billing.following import follow, follows
from billing.gateway import Answer
from tenants.isolation import scoped


@follows("payments", "dispute")
def follow_dispute(object_id: str, _account: str | None, now: datetime) -> None:
    follow("payments", "charge", gateway.fetch("dispute", object_id)["charge"], None, now=now)


@follows("payments", "refund")
def follow_refund(object_id: str, _account: str | None, now: datetime) -> None:
    follow("payments", "charge", gateway.fetch("refund", object_id)["charge"], None, now=now)


@follows("payments", "charge")
def follow_charge(object_id: str, _account: str | None, now: datetime) -> None:
    """Let a payment have the refunds and disputes that its charge has at Stripe."""
    found = db.session.scalars(select(Payment).where(scoped(Payment), Payment.charge_id == object_id)).one_or_none()
    if found is None:
        # It is on its way in: its page at Stripe tells of it.
        return
    disputes = list(gateway.each("dispute", {"charge": object_id}))[::-1]
    refunds = list(gateway.each("refund", {"charge": object_id}))[::-1]
    agreement = agreement_or_404(found.agreement_id)
    agreement.lock()
    found.lock()
    for made in refunds:
        _note_refund(found, made, now=now)
    for dispute in disputes:
        _note_dispute(found, agreement, dispute, now=now)


def _note_refund(payment: Payment, made: Answer, *, now: datetime) -> None:
    """Finish the refund that was asked for here, or take in one that was made at Stripe."""
    known, has_failed = _known(payment, made["id"]), made["status"] in moving.FAILED
    if known is not None:
        if has_failed and known.state == "done":
            moving.fail_refund(payment, known, made, now=now)
        return
    ours = made.get("metadata", {}).get("refund")
    if has_failed and not any(str(one.id) == ours for one in _asked(payment)):
        # It was made at Stripe and came back from the bank before we heard of it: nothing has moved.
        return
    waiting = [one for one in _asked(payment) if str(one.id) == ours or one.amount == made["amount"]]
    asked = next((one for one in waiting if str(one.id) == ours), waiting[0] if waiting else None)
    left = payment.held + sum(share.left for share in payment.shares())
    if asked is None and made["amount"] <= left:
        asked = give_back(payment, made["amount"], why=_("It was sent back at Stripe."), now=now)
    if asked is not None and asked.amount == made["amount"]:
        moving.finish_refund(payment, asked, made)


def _known(payment: Payment, refund_id: str) -> Refund | None:
    known = select(Refund).where(scoped(Refund), Refund.payment_id == payment.id, Refund.refund_id == refund_id)
    return db.session.scalars(known).one_or_none()


def _asked(payment: Payment, *states: str) -> list[Refund]:
    wanted = states or ("asked",)
    waiting = select(Refund).where(scoped(Refund), Refund.payment_id == payment.id, Refund.state.in_(wanted))
    return list(db.session.scalars(waiting.order_by(Refund.id)))


def _note_dispute(payment: Payment, agreement: Agreement, dispute: Answer, *, now: datetime) -> None:
    moved = dispute.get("balance_transactions") or []
    for one in moved:
        books.bank_moved(payment, one, now=now)
    if not moved or payment.dispute_state in ("won", "lost"):
        # A bank that only asks has taken nothing yet.
        return
    if payment.dispute_state is None:
        payment.dispute_state = "open"
        payment.restate()
        tell("dispute", payment, by=None, amount=dispute["amount"])
    if dispute["status"] == "won":
        payment.dispute_state = "won"
        payment.restate()
        tell("win", payment, by=None, amount=dispute["amount"])
        settle_up(payment, agreement, now=now)
        _thaw(agreement.id)
    elif dispute["status"] == "lost":
        _lose(payment, dispute, now=now)
        _thaw(agreement.id)


def _lose(payment: Payment, dispute: Answer, *, now: datetime) -> None:
    """Take what the bank keeps out of refunds that were under way, of what is held, and of what people got."""
    left, overtaken = dispute["amount"], []
    for asked in _asked(payment, *OWED):
        if asked.amount <= left:
            asked.state, asked.ended_at, left = "overtaken", now, left - asked.amount
            overtaken.append(asked)
    from_held = min(left, payment.held)
    shared = min(left - from_held, sum(share.left for share in payment.shares()))
    taken = take(payment, shared)
    payment.returned += from_held
    payment.dispute_state, payment.ended_at = "lost", now
    db.session.flush()
    books.bank_kept(payment, dispute["id"], overtaken, from_held, taken, left - from_held - shared, now=now)
    payment.restate()
    fetch_back(share for share, _amount in taken)
    tell("lose", payment, by=None, amount=dispute["amount"])


def _thaw(agreement_id: UUID) -> None:
    """Let go what waited for a dispute."""
    for payment in payments_of(agreement_id):
        for share in payment.shares():
            if share.to_send:
                moving.send.enqueue(share_id=str(share.id))
        for asked in _asked(payment):
            moving.refund.enqueue(refund_id=str(asked.id))
