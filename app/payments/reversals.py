"""What somebody takes back at Stripe itself of what was sent to people, or tries again: followed, booked, and left to leaders.

Why it was fetched back only they know. So it stands under its owner's name again, and nobody sends or returns it by a rule.
"""

from datetime import datetime

from sqlalchemy import select

from app.core.database import db
from app.payments import moving
from app.payments.debts import keep_what_is_owed
from app.payments.models import Share
from app.payments.telling import tell
from billing import gateway
from billing.following import follows
from tenants.isolation import scoped


@follows("payments", "transfer")
def follow_transfer(object_id: str, _account: str | None, now: datetime) -> None:
    """Let a share have the reversals that its transfer has at Stripe; those that we asked for come first."""
    found = db.session.scalars(select(Share.id).where(scoped(Share), Share.transfer_id == object_id)).one_or_none()
    if found is None:
        # It is on its way: whoever sends it notes it.
        return
    share, payment = moving.locked(found)
    moving.fetch_now(share, payment)
    made = list(gateway.each("transfer_reversal", {"transfer": object_id}))[::-1]
    by_hand = sum(one["amount"] for one in made if moving.came_back(share, payment, one, now=now))
    if by_hand:
        tell("take_away", payment, by=None, amount=by_hand, party_id=share.party_id)
        keep_what_is_owed(share, payment, now=now)
