"""The books: double entry, in whole minor units, appended to and never changed. The database refuses what does not sum to zero.

Amounts are debits when positive (what came in, or is owed to us), credits when negative (what was earned, or is owed to others).
A correction is an entry of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, db
from app.core.ids import new_id
from tenants.context import current_tenant_id
from tenants.isolation import TenantLink, TenantRow, scoped, tenant_key
from tenants.models import one_of

#: Work that two agreed on, a listing, a membership.
ABOUT = ("agreement", "gig", "tier")


class Transaction(TenantRow, Base):
    """Something that happened to money, with its entries. `source` names it once: what is told of twice is booked once."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "source"),
        # Entries point at it with their currency.
        UniqueConstraint("tenant_id", "id", "currency"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency_is_a_code"),
        CheckConstraint("entry_count >= 2", name="at_least_two_entries"),
        CheckConstraint(f"about_kind IS NULL OR {one_of('about_kind', ABOUT)}", name="about_is_known"),
        Index("ledger_transactions_when_idx", "tenant_id", "happened_at", "id"),
    )

    kind: Mapped[str]
    source: Mapped[str]
    currency: Mapped[str]
    # An entry that is added later makes the count wrong, and is refused.
    entry_count: Mapped[int] = mapped_column(Integer)
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    # What it was about, as that was called then: a statement says so for ever, whatever becomes of it.
    about_kind: Mapped[str | None]
    about_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(server_default="")


class Entry(TenantLink, Base):
    """One side of a transaction: an account, perhaps one member's part of it, and by how much it changes."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "transaction_id", "currency"],
            ["ledger_transactions.tenant_id", "ledger_transactions.id", "ledger_transactions.currency"],
        ),
        tenant_key("party_id", "members"),
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        CheckConstraint("account ~ '^[a-z]+([.][a-z]+)*$'", name="account_is_a_name"),
        Index("ledger_entries_account_idx", "tenant_id", "account", "currency", "transaction_id"),
        Index("ledger_entries_party_idx", "tenant_id", "party_id", "transaction_id"),
    )

    transaction_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    account: Mapped[str]
    party_id: Mapped[UUID | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry to be: an amount in whole minor units on an account, perhaps of one member's."""

    account: str
    amount: int
    party_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a transaction is about: of which kind (one of `ABOUT`), which one, and what it is called."""

    kind: str
    id: UUID | None
    title: str


class Unbalanced(ValueError):
    """Entries that do not sum to zero: a mistake of ours, never somebody's doing."""


def post(
    kind: str,
    source: str,
    lines: Iterable[Line],
    *,
    currency: str,
    happened_at: datetime,
    now: datetime,
    about: About | None = None,
) -> bool:
    """Book what happened; lines of nothing are left out. Return False when this source was booked before.

    :raises Unbalanced: when the lines do not sum to zero, or fewer than two are left.
    """
    kept = [line for line in lines if line.amount]
    if sum(line.amount for line in kept) or len(kept) < 2:
        raise Unbalanced(f"{kind} {source}: {[line.amount for line in kept]}")
    header = {
        "tenant_id": current_tenant_id(),
        "id": new_id(),
        "kind": kind,
        "source": source,
        "currency": currency.upper(),
        "entry_count": len(kept),
        "happened_at": happened_at,
        "recorded_at": now,
    }
    if about is not None:
        header |= {"about_kind": about.kind, "about_id": about.id, "title": about.title}
    new = upsert(Transaction).values(header).on_conflict_do_nothing(index_elements=["tenant_id", "source"])
    posted = db.session.execute(new.returning(Transaction.id)).scalar_one_or_none()
    if posted is None:
        return False
    entries = [
        {
            "tenant_id": header["tenant_id"],
            "transaction_id": posted,
            "position": position,
            "account": line.account,
            "party_id": line.party_id,
            "amount": line.amount,
            "currency": header["currency"],
        }
        for position, line in enumerate(kept)
    ]
    db.session.execute(insert(Entry), entries)
    return True


def is_booked(source: str) -> bool:
    """Whether something of that name is in the books."""
    known = select(Transaction.id).where(scoped(Transaction), Transaction.source == source)
    return db.session.execute(known).first() is not None
