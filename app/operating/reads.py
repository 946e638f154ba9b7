"""What operators look at, page by page: names of objects, states and moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, scoped_session

from app.accounts.models import User
from app.core.database import db
from app.core.paging import Cursor, Page
from app.operating.models import OperatorAction
from billing.connections import Connection as Account
from billing.inbox import InboxEvent
from billing.operations import Operation
from billing.owners import Owner
from billing.reconciling import Comparison, Found
from tenants.models import Tenant

_SIZE = 30

Reader = Connection | Session | scoped_session[Any]

_LIVING = Account.disconnected_at.is_(None)
_LACKS = or_(~Account.charges_enabled, ~Account.payouts_enabled, func.cardinality(Account.due) > 0)


@dataclass(frozen=True, slots=True)
class Overview:
    """How much waits for somebody. The last three are None where nobody may look across marketplaces."""

    waiting: int
    oldest: datetime | None
    failed: int
    unfinished: int | None = None
    differences: int | None = None
    lacking: int | None = None


def overview(across: Connection | None) -> Overview:
    """Return what is to be looked at."""
    by_state = select(InboxEvent.state, func.count().label("many"), func.min(InboxEvent.received_at).label("oldest"))
    open_ = by_state.where(InboxEvent.state.in_(("waiting", "failed"))).group_by(InboxEvent.state)
    events = {row.state: row for row in db.session.execute(open_)}
    counted = [events[state].many if state in events else 0 for state in ("waiting", "failed")]
    oldest = events["waiting"].oldest if "waiting" in events else None
    if across is None:
        return Overview(counted[0], oldest, counted[1])
    return Overview(
        counted[0],
        oldest,
        counted[1],
        _count(across, Operation, Operation.state == "begun"),
        _count(across, Found, Found.state != "healed"),
        _count(across, Account, and_(_LIVING, _LACKS)),
    )


def events(*, state: str, asked: str, at: str | None) -> Page[Any]:
    """Return events, the last first: those in a state (empty: in any), or about an object, account or event asked for."""
    owned = Owner.object_id == func.coalesce(InboxEvent.account, InboxEvent.object_id)
    found = (
        select(*InboxEvent.__table__.c, Tenant.name.label("hall"))
        .outerjoin(Owner, owned)
        .outerjoin(Tenant, Tenant.id == Owner.tenant_id)
    )
    if state:
        found = found.where(InboxEvent.state == state)
    if asked:
        names = (InboxEvent.event_id, InboxEvent.object_id, InboxEvent.account)
        found = found.where(or_(*(name == asked for name in names)))
    return _page(db.session, found, (InboxEvent.received_at, InboxEvent.source, InboxEvent.event_id), at)


def operations(across: Connection, *, at: str | None) -> Page[Any]:
    """Return what was asked of Stripe and nobody knows the end of, the newest first."""
    columns = (Operation.id, Operation.kind, Operation.subject, Operation.account, Operation.tries, Operation.begun_at)
    begun = _of_halls(select(*columns, Tenant.name.label("hall")), Operation).where(Operation.state == "begun")
    return _page(across, begun, (Operation.begun_at, Operation.id), at)


def differences(across: Connection, *, healed: bool, at: str | None) -> Page[Any]:
    """Return what nights found, the last seen first: what is healed, or what is not."""
    found = _of_halls(select(*Found.__table__.c, Tenant.name.label("hall")), Found)
    wanted = Found.state == "healed" if healed else Found.state != "healed"
    return _page(across, found.where(wanted), (Found.seen_at, Found.id), at)


def refused_comparisons(across: Connection) -> Sequence[Any]:
    """Return what Stripe refused to let us compare when it was last tried."""
    chosen = select(Comparison.kind, Comparison.problem, Comparison.ended_at, Tenant.name.label("hall"))
    refused = _of_halls(chosen, Comparison).where(Comparison.problem != "")
    return across.execute(refused.order_by(Comparison.ended_at.desc()).limit(_SIZE)).all()


def accounts(across: Connection, *, at: str | None) -> Page[Any]:
    """Return the accounts that Stripe still asks something of, or that cannot charge or be paid out, by age."""
    found = _of_halls(select(*Account.__table__.c, Tenant.name.label("hall")), Account).where(_LIVING, _LACKS)
    return _page(across, found, (Account.begun_at, Account.id), at)


def actions(*, at: str | None) -> Page[Any]:
    """Return what operators did, the last first."""
    did = select(OperatorAction.id, OperatorAction.verb, OperatorAction.about, OperatorAction.at, User.email)
    done = did.join(User, User.id == OperatorAction.user_id)
    return _page(db.session, done, (OperatorAction.at, OperatorAction.id), at)


def _of_halls(chosen: Select[Any], model: Any) -> Select[Any]:
    return chosen.join(Tenant, Tenant.id == model.tenant_id)


def _count(across: Connection, model: Any, which: ColumnElement[bool]) -> int:
    return across.execute(select(func.count()).select_from(model).where(which)).scalar_one()


def _page(reader: Reader, found: Select[Any], by: tuple[Any, ...], at: str | None) -> Page[Any]:
    """Return a page of rows, those with the greatest keys first."""
    cursor = Cursor.read(at, [column.type.python_type for column in by])
    back = cursor is not None and cursor.side == "before"
    if cursor is not None:
        here = tuple_(*by)
        found = found.where(here > cursor.key if back else here < cursor.key)
    ordered = found.order_by(*(column.asc() if back else column.desc() for column in by)).limit(_SIZE + 1)
    rows = reader.execute(ordered).all()
    items, has_more = rows[:_SIZE], len(rows) > _SIZE
    if back:
        items = items[::-1]
    names = [column.key for column in by]
    follows, precedes = (True, has_more) if back else (has_more, cursor is not None)
    return Page(
        items,
        next=_cursor("after", items[-1], names) if follows and items else None,
        previous=_cursor("before", items[0], names) if precedes and items else None,
    )


def _cursor(side: Any, row: Any, names: list[str]) -> str:
    return str(Cursor(side, tuple(getattr(row, name) for name in names)))
