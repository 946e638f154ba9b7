"""How long money is held. Stripe lets a platform hold what it collects for 90 days in most countries: ours ends well before.

After 60 days both sides are reminded. After 80 days what is still held ends: where work was handed over and nobody answered, it
counts as accepted; else it goes back to the client, and can be paid in anew.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.agreements.queries import agreement_or_404
from app.core.database import db
from app.core.languages import gettext as _
from app.payments.models import Payment
from app.payments.parts import part_of
from app.payments.settling import give_back, release
from app.payments.telling import tell
from tenants.context import current_tenant_id
from tenants.isolation import scoped

REMINDS_AFTER = timedelta(days=60)
ENDS_AFTER = timedelta(days=80)


def remind(*, now: datetime) -> int:
    """Remind both sides of what is held for long; return of how many payments."""
    due = select(Payment).where(
        scoped(Payment),
        Payment.state == "held",
        Payment.held_at <= now - REMINDS_AFTER,
        Payment.reminded_at.is_(None),
    )
    found = db.session.scalars(due.with_for_update(skip_locked=True, key_share=True)).all()
    for payment in found:
        payment.reminded_at = now
        tell(
            "reminded", payment, by=None, until=(payment.held_at + ENDS_AFTER).isoformat() if payment.held_at else None
        )
    return len(found)


def overdue(*, now: datetime) -> list[UUID]:
    """Return the payments that are held for too long, the oldest first."""
    due = select(Payment.id).where(scoped(Payment), Payment.state == "held", Payment.held_at <= now - ENDS_AFTER)
    return list(db.session.scalars(due.order_by(Payment.held_at).limit(1000)))


def end(payment_id: UUID, *, now: datetime) -> None:
    """End the holding of a payment, unless somebody was faster."""
    payment = db.session.get_one(Payment, (current_tenant_id(), payment_id))
    agreement = agreement_or_404(payment.agreement_id)
    agreement.lock()
    payment.lock()
    if payment.state != "held" or payment.held_at is None or payment.held_at > now - ENDS_AFTER:
        return
    part = part_of(payment, agreement)
    waiting = agreement.waiting_delivery() if agreement.state == "delivered" else None
    if waiting is not None and waiting.milestone_id == part.id:
        agreement.accept(by=None, why=_("There was no answer, and the money cannot be held for longer."), now=now)
        release(payment, now=now)
    else:
        give_back(payment, payment.held, why=_("It was held for 80 days; it cannot be held for longer."), now=now)
