"""What statements and the pages of the books read of the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, any_, bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.paging import Keyset
from app.core.reading import Reading
from billing.ledger import Entry, Transaction
from tenants.isolation import scoped
from tenants.models import Member

_SINCE, _UNTIL = bindparam("since"), bindparam("until")
_HAPPENED = and_(Transaction.tenant_id == Entry.tenant_id, Transaction.id == Entry.transaction_id)
_IN_SPAN = Transaction.happened_at >= _SINCE
_PAYABLE = or_(*(Entry.account == f"payable.{share}" for share in ("work", "leader", "coordinator")))


def _total(*narrowing: Any) -> Any:
    return func.coalesce(func.sum(Entry.amount).filter(*narrowing), 0)


_TURNOVER = (
    select(
        Entry.account,
        Entry.currency,
        _total(Transaction.happened_at < _SINCE).label("opening"),
        _total(_IN_SPAN, Entry.amount > 0).label("debits"),
        _total(_IN_SPAN, Entry.amount < 0).label("credits"),
    )
    .join(Transaction, _HAPPENED)
    .where(scoped(Entry), scoped(Transaction), Transaction.happened_at < _UNTIL)
    .group_by(Entry.account, Entry.currency)
    .order_by(Entry.currency, Entry.account)
)
_OF_ALL = Reading(_TURNOVER)
_OF_PARTY = Reading(_TURNOVER.where(Entry.party_id == bindparam("party_id")))
_MOVEMENTS = Reading(
    select(
        Entry.account,
        Entry.currency,
        Entry.amount,
        Transaction.kind,
        Transaction.happened_at,
        Transaction.about_kind,
        Transaction.about_id,
        Transaction.title,
    )
    .join(Transaction, _HAPPENED)
    .where(
        scoped(Entry),
        scoped(Transaction),
        Entry.party_id == bindparam("party_id"),
        _IN_SPAN,
        Transaction.happened_at < _UNTIL,
    )
    .order_by(Transaction.happened_at, Transaction.id, Entry.position)
)
_PARTIES = Reading(
    select(
        Member.id,
        Member.name,
        Member.hue,
        Member.picture,
        Member.standing,
        Member.finished_count,
        Entry.currency,
        (-_total(_PAYABLE)).label("owed"),
        (-_total(_IN_SPAN, Entry.amount < 0, _PAYABLE)).label("earned"),
    )
    .join(Transaction, _HAPPENED)
    .join(Member, and_(Member.tenant_id == Entry.tenant_id, Member.id == Entry.party_id))
    .where(scoped(Entry), scoped(Transaction), Transaction.happened_at < _UNTIL)
    .group_by(
        Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count, Entry.currency
    )
    .having(or_(func.max(Transaction.happened_at) >= _SINCE, _total(_PAYABLE) != 0))
    .order_by(Member.name, Member.id, Entry.currency)
)
_FIRST = Reading(select(func.min(Transaction.happened_at).label("at")).where(scoped(Transaction)))

_LISTED = select(
    Transaction.id,
    Transaction.kind,
    Transaction.source,
    Transaction.currency,
    Transaction.happened_at,
    Transaction.about_kind,
    Transaction.about_id,
    Transaction.title,
).where(
    scoped(Transaction),
    _IN_SPAN,
    Transaction.happened_at < _UNTIL,
    or_(bindparam("currency") == "", Transaction.currency == bindparam("currency")),
)
_ON_ACCOUNT = exists().where(scoped(Entry), _HAPPENED, Entry.account == bindparam("account"))
_PAGING: dict[str, Any] = {"by": ("happened_at", "id"), "size": 12, "descending": True}
_ALL = Keyset(_LISTED, **_PAGING)
_OF_ACCOUNT = Keyset(_LISTED.where(_ON_ACCOUNT), **_PAGING)
_ENTRIES = Reading(
    select(Entry.transaction_id, Entry.account, Entry.amount, Entry.currency, Entry.party_id, Member.name)
    .outerjoin(Member, and_(Member.tenant_id == Entry.tenant_id, Member.id == Entry.party_id))
    .where(scoped(Entry), Entry.transaction_id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
    .order_by(Entry.transaction_id, Entry.position)
)


def turnover(since: datetime, until: datetime, *, party_id: UUID | None = None) -> list[Any]:
    """Return for each account and currency what stood there before the span (`opening`) and its `debits` and `credits`.

    :param party_id: of whose part of the accounts; None: of all that is on them, whosever it is.
    """
    if party_id is None:
        return _OF_ALL.rows(since=since, until=until)
    return _OF_PARTY.rows(since=since, until=until, party_id=party_id)


def movements(party_id: UUID, since: datetime, until: datetime) -> list[Any]:
    """Return what happened to a member's part of any account in a span, oldest first."""
    return _MOVEMENTS.rows(party_id=party_id, since=since, until=until)


def parties(since: datetime, until: datetime) -> list[Any]:
    """Return whose money moved in a span, or waits to be sent to them at its end: what they `earned` in it, what is `owed`."""
    return _PARTIES.rows(since=since, until=until)


def first_booked() -> datetime | None:
    """Return when the first thing happened that is in the books."""
    found = _FIRST.one_or_none()
    return found.at if found else None


def transactions(since: datetime, until: datetime, *, account: str, currency: str, at: str | None) -> Any:
    """Return a page of transactions, newest first; of one account and currency where they are not empty."""
    narrowing = {"since": since, "until": until, "currency": currency}
    return _OF_ACCOUNT.page(at, account=account, **narrowing) if account else _ALL.page(at, **narrowing)


def entries_of(transaction_ids: list[UUID]) -> dict[UUID, list[Any]]:
    """Return the entries of transactions, in the order in which they were booked, with the names of whose they are."""
    found: dict[UUID, list[Any]] = {one: [] for one in transaction_ids}
    for row in _ENTRIES.rows(ids=transaction_ids) if transaction_ids else ():
        found[row.transaction_id].append(row)
    return found
