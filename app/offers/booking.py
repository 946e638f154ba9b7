"""What offers cost, in the books: what members would have paid without them, beside what they paid."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.database import db
from app.offers.models import Discount
from billing.ledger import Entry, Line, Transaction, post
from tenants.isolation import scoped

_ACCOUNT, _AGAINST = "discounts", "discounts.forgone"


def book_taken_off(
    offer: Discount, of: str, amount: int, *, currency: str, member_id: UUID, happened_at: datetime, now: datetime
) -> None:
    """Book once what an offer took off something that was paid: an invoice, or a page on which was paid once.

    No money moves: both accounts say the same sum, and what came in stays what it is.
    """
    if amount:
        lines = [Line(_ACCOUNT, amount, member_id), Line(_AGAINST, -amount)]
        post("discount", source(offer.id, of), lines, currency=currency, happened_at=happened_at, now=now)


def source(offer_id: UUID, of: str) -> str:
    """Return what names the booking of an offer's discount on something."""
    return f"discount {offer_id} {of}"


def costs() -> dict[UUID, list[tuple[str, int]]]:
    """Return what each offer has taken off so far: currencies, each with its sum in minor units."""
    whose: Any = func.split_part(Transaction.source, " ", 2)
    rows = db.session.execute(
        select(whose, Entry.currency, func.sum(Entry.amount))
        .join(Transaction, (Transaction.tenant_id == Entry.tenant_id) & (Transaction.id == Entry.transaction_id))
        .where(scoped(Entry), scoped(Transaction), Entry.account == _ACCOUNT)
        .group_by(whose, Entry.currency)
        .order_by(whose, Entry.currency)
    )
    found: dict[UUID, list[tuple[str, int]]] = {}
    for offer_id, currency, amount in rows:
        found.setdefault(UUID(offer_id), []).append((currency, int(amount)))
    return found
