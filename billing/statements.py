"""What is read from the books: what stands on each account, what happened in a span, a file for other programs."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from app.core.database import db
from app.core.money import plain_amount
from app.core.reading import Reading
from billing.ledger import Entry, Transaction
from tenants.isolation import scoped

_BALANCES = Reading(
    select(Entry.account, Entry.currency, func.sum(Entry.amount).label("balance"))
    .where(scoped(Entry))
    .group_by(Entry.account, Entry.currency)
    .order_by(Entry.currency, Entry.account)
)
_LATEST = Reading(
    select(Transaction.id, Transaction.kind, Transaction.currency, Transaction.happened_at, Entry.amount)
    .join(Entry, (Entry.tenant_id == Transaction.tenant_id) & (Entry.transaction_id == Transaction.id))
    .where(scoped(Transaction), scoped(Entry), Entry.account == bindparam("account"))
    .order_by(Transaction.happened_at.desc(), Transaction.id.desc())
    .limit(bindparam("most"))
)

COLUMNS = ("date", "transaction", "what", "account", "member", "debit", "credit", "currency", "source", "about")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on an account, in whole minor units: debits less credits."""

    account: str
    currency: str
    amount: int


def balances() -> list[Balance]:
    """Return what stands on every account of the tenant in force, by currency."""
    # A sum of bigint is numeric, and whole.
    return [Balance(row.account, row.currency, int(row.balance)) for row in _BALANCES.rows()]


def balance(account: str, currency: str, *, party_id: UUID | None = None) -> int:
    """Return what stands on one account, or on a member's part of it."""
    of = select(func.coalesce(func.sum(Entry.amount), 0)).where(
        scoped(Entry), Entry.account == account, Entry.currency == currency
    )
    if party_id is not None:
        of = of.where(Entry.party_id == party_id)
    return int(db.session.execute(of).scalar_one())


def latest(account: str, *, most: int = 20) -> list[Any]:
    """Return the newest rows of an account: `kind`, `amount`, `currency`, `happened_at`."""
    return _LATEST.rows(account=account, most=most)


def as_csv(*, since: datetime | None = None, until: datetime | None = None) -> Iterator[str]:
    """Give the books of a span as lines of CSV, oldest first, each amount as a decimal in its own column and currency."""
    yield _line(COLUMNS)
    for row in db.session.execute(_span(since, until), execution_options={"yield_per": _BATCH}):
        amount = plain_amount(abs(row.amount), row.currency)
        sides = (amount, "") if row.amount > 0 else ("", amount)
        what = (row.happened_at.isoformat(), row.id, row.kind, row.account, row.party_id or "")
        yield _line((*what, *sides, row.currency, row.source, as_words(row.title)))


def as_words(text: str) -> str:
    """Return what somebody wrote as a spreadsheet takes it for words: what begins as a formula does would be worked out there.

    See https://owasp.org/www-community/attacks/CSV_Injection.
    """
    return f"'{text}" if text.lstrip()[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _span(since: datetime | None, until: datetime | None) -> Select[*tuple[Any, ...]]:
    rows = (
        select(
            Transaction.happened_at,
            Transaction.id,
            Transaction.kind,
            Transaction.source,
            Transaction.title,
            Entry.account,
            Entry.party_id,
            Entry.amount,
            Entry.currency,
        )
        .join(Entry, (Entry.tenant_id == Transaction.tenant_id) & (Entry.transaction_id == Transaction.id))
        .where(scoped(Transaction), scoped(Entry))
        .order_by(Transaction.happened_at, Transaction.id, Entry.position)
    )
    if since is not None:
        rows = rows.where(Transaction.happened_at >= since)
    return rows if until is None else rows.where(Transaction.happened_at < until)


def _line(values: tuple[Any, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(values)
    return written.getvalue()
