"""What somebody owes, because it could not be fetched back from them: it is kept from what they earn next.

Nothing is written down twice: a debt is what was lost of somebody's shares, less what was kept of others of theirs.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from app.core.database import db
from app.payments import books
from app.payments.models import Payment, Share
from app.payments.telling import tell
from billing.following import lock
from tenants.isolation import scoped


def debts_of(member_id: UUID) -> dict[str, int]:
    """Return what a member owes, in minor units by currency; currencies in which they owe nothing are left out."""
    owed = func.sum(Share.lost - Share.kept)
    rows = (
        select(Payment.currency, owed)
        .join(Share, and_(Share.tenant_id == Payment.tenant_id, Share.payment_id == Payment.id))
        .where(scoped(Share), scoped(Payment), Share.party_id == member_id)
        .group_by(Payment.currency)
    )
    return {currency: int(amount) for currency, amount in db.session.execute(rows) if amount > 0}


def keep_what_is_owed(share: Share, payment: Payment, *, now: datetime) -> int:
    """Keep of a share that is on its way as much as its owner owes, never more than would be sent; return how much.

    Two shares that leave at once do not both pay the same debt: whoever is second waits, and sees what the first kept.
    """
    on_its_way = share.to_send or share.loose
    if share.party_id is None or not on_its_way:
        return 0
    lock(f"debts of {share.party_id}")
    kept = min(on_its_way, debts_of(share.party_id).get(payment.currency, 0))
    if kept:
        share.kept += kept
        db.session.flush()
        books.kept(payment, share, kept, now=now)
        tell("keep", payment, by=None, amount=kept, party_id=share.party_id)
    return kept
