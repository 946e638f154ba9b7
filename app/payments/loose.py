"""Money that waits for a leader's word: refunds that did not arrive, and shares that somebody at Stripe took back.

No rule could say what is right there: whether the client has another card, and why the share was fetched back, only people know.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.core.languages import lazy_gettext as _l
from app.payments import books, moving
from app.payments.models import Payment, Refund, Share
from app.payments.settling import give_back
from app.payments.telling import tell
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped

_MOST = 100


class NothingLoose(NotFound):
    message = _l("This does not wait for anybody any more.")


class StillThere(Conflict):
    message = _l(
        "Only a part of it was fetched back at Stripe. Fetch the rest back there first, or give this part to the client."
    )


class MoreThanTheClients(Conflict):
    message = _l("A part of this pays what its owner owed and has settled since: it is theirs. Send it again.")


@dataclass(frozen=True, slots=True)
class Loose:
    """What waits for a word: a refund that failed (whose money it is: the client's), or a share (its owner's).

    :ivar may_be_given: whether it may be settled in another way: a refund, or a share that goes to the client.
    """

    kind: str
    id: UUID
    payment: Payment
    amount: int
    whose: UUID
    may_be_sent: bool
    may_be_given: bool


def loose_ends() -> list[Loose]:
    """Return all that waits, the oldest first."""
    refunds = [
        Loose("refund", refund.id, payment, refund.amount, payment.client_id, True, True)
        for refund, payment in _with_payment(Refund, Refund.state == "failed")
    ]
    shares = [
        Loose(
            "share",
            share.id,
            payment,
            share.loose,
            share.party_id,
            share.sent == share.reversed,
            share.loose <= share.left,
        )
        for share, payment in _with_payment(Share, Share.sent > 0, Share.is_owed())
    ]
    return sorted(refunds + shares, key=lambda one: one.id)


def _with_payment(model: Any, *conditions: Any) -> list[Any]:
    joined = and_(Payment.tenant_id == model.tenant_id, Payment.id == model.payment_id)
    found = select(model, Payment).join(Payment, joined).where(scoped(model), scoped(Payment), *conditions)
    return list(db.session.execute(found.order_by(model.id).limit(_MOST)))


def send_refund_again(refund_id: UUID, *, by: Actor, now: datetime) -> None:
    """Try once more to send back to the client what their bank did not take.

    :raises NothingLoose: when it does not wait any more.
    """
    failed, payment = _failed(refund_id)
    failed.state = "resent"
    again = Refund(payment_id=payment.id, amount=failed.amount, reason=failed.reason, state="asked", asked_at=now)
    db.session.add(again)
    db.session.flush()
    moving.refund.enqueue(refund_id=str(again.id))
    tell("refund_again", payment, by=by, amount=failed.amount)


def paid_outside(refund_id: UUID, *, by: Actor, now: datetime) -> None:
    """Note that leaders have given the client their money in another way.

    :raises NothingLoose: when it does not wait any more.
    """
    failed, payment = _failed(refund_id)
    failed.state = "outside"
    db.session.flush()
    books.paid_outside(payment, failed, now=now)
    tell("refund_outside", payment, by=by, amount=failed.amount)


def send_share_again(share_id: UUID, *, by: Actor) -> None:
    """Let a share leave anew of which everything was fetched back by hand.

    :raises NothingLoose: when it does not wait any more.
    :raises StillThere: when a part of it is still on its owner's account.
    """
    share, payment = _loose_share(share_id)
    if share.sent != share.reversed:
        raise StillThere
    share.again += 1
    share.sent = share.reversed = 0
    share.transfer_id = share.sent_at = None
    db.session.flush()
    moving.send.enqueue(share_id=str(share.id))
    tell("send_again", payment, by=by, amount=share.to_send, party_id=share.party_id)


def give_share_back(share_id: UUID, *, why: str, by: Actor, now: datetime) -> None:
    """Give the client what was fetched back by hand of a share. Only its owner gives: it is what they had of it.

    :raises NothingLoose: when it does not wait any more.
    :raises MoreThanTheClients: when a part of it pays what its owner has settled otherwise.
    """
    share, payment = _loose_share(share_id)
    if share.loose > share.left:
        raise MoreThanTheClients
    give_back(payment, share.loose, why=why, now=now, of=share, by=by)


def _failed(refund_id: UUID) -> tuple[Refund, Payment]:
    found = db.session.scalars(select(Refund).where(scoped(Refund), Refund.id == refund_id)).one_or_none()
    if found is None:
        raise NothingLoose
    payment = db.session.get_one(Payment, (current_tenant_id(), found.payment_id))
    payment.lock()
    db.session.refresh(found, with_for_update={"key_share": True})
    if found.state != "failed":
        raise NothingLoose
    return found, payment


def _loose_share(share_id: UUID) -> tuple[Share, Payment]:
    known = select(Share.id).where(scoped(Share), Share.id == share_id)
    if db.session.scalars(known).one_or_none() is None:
        raise NothingLoose
    share, payment = moving.locked(share_id)
    if not share.loose:
        raise NothingLoose
    return share, payment
