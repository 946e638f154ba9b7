"""What the clock does to held payments: it reminds, ends what is held for too long, and tries again what is still to be moved."""

from uuid import UUID

from sqlalchemy import and_, or_, select

from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.payments import banks, comparing, funding, holding, moving, reversals  # noqa: F401  (some declare what they follow)
from app.payments.models import Refund, Share
from tenants.clockwork import tenants_where_it_is
from tenants.isolation import scoped

#: Early: what ends, ends before people look.
HOURS = (4,)


@periodic("41 * * * *", "payments.clockwork", queue="money")
def strike() -> None:
    """Reach every tenant at its own hour."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("payments.tick", queue="money")
def tick() -> None:
    """Do to the tenant's payments whatever is due."""
    now = clock.now()
    holding.remind(now=now)
    for payment_id in holding.overdue(now=now):
        end.enqueue(once=str(payment_id), payment_id=str(payment_id))
    move_what_is_left()


@job("payments.end", queue="money")
def end(*, payment_id: str) -> None:
    """End the holding of a payment that has lasted too long."""
    holding.end(UUID(payment_id), now=clock.now())


def move_what_is_left() -> None:
    """Try again to move what should have been: a worker may have died for good, or Stripe been out of reach for a day."""
    shares = select(Share).where(
        scoped(Share),
        Share.kind != "commission",
        or_(and_(Share.sent == 0, Share.is_owed()), Share.is_overpaid()),
    )
    for share in db.session.scalars(shares.order_by(Share.id)):
        (moving.send if share.to_send else moving.fetch).enqueue(share_id=str(share.id))
    for refund_id in db.session.scalars(select(Refund.id).where(scoped(Refund), Refund.state == "asked")):
        moving.refund.enqueue(refund_id=str(refund_id))
