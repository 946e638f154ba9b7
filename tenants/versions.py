"""The counters that tell caches when something changed: bumped in the same transaction, as its last statement.

Nobody has to remember to: a model says where its rows are shown (`shown_in`), and whatever the session writes to its table is
noticed here. A row may say that it is out of sight still (`is_unseen`). A verb says `touch` itself where no table tells.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

from sqlalchemy import event, inspect, update
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.caching import caches
from app.core.database import Base, db
from tenants.context import current_tenant_id, tenant_id_or_none, tenant_info_or_none
from tenants.models import TenantVersions

Content = Literal["gigs", "people", "hall"]
_PENDING = "touched_content"
_TRIED = "tried_content"


def touch(*contents: Content) -> None:
    """Say that pages showing `contents` of the tenant in force are out of date when this transaction commits."""
    pending: set[tuple[int, str]] = db.session.info.setdefault(_PENDING, set())
    pending.update((current_tenant_id(), content) for content in contents)


def changing() -> bool:
    """Return whether this transaction has changed what pages show: what it reads now is for nobody else yet."""
    info = db.session.info if db.session.registry.has() else {}
    return bool(info.get(_PENDING) or info.get(_TRIED))


def kept_of_hall(name: str, read: Callable[[], Any]) -> Any:
    """Return what was read once for everybody, until something changes in the tenant in force."""
    hall = tenant_info_or_none()
    if hall is None or changing():
        return read()
    return caches().lists.kept((hall.id, hall.versions, name), read)


@contextmanager
def trial() -> Iterator[None]:
    """Let a block change what pages show, and undo it at its end: what is rendered inside is kept for nobody, and no page is
    out of date afterwards.
    """
    session = db.session
    pending = set(session.info.get(_PENDING, ()))
    session.info[_TRIED] = True
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        # After an error the whole transaction is rolled back.
        if savepoint.is_active:
            savepoint.rollback()
        session.info[_PENDING] = pending
        del session.info[_TRIED]


def _notice_rows(session: Session, _context: object) -> None:
    """Touch what shows the rows that a flush has written."""
    written = [(thing, None) for thing in (*session.new, *session.deleted)]
    for thing, columns in (*written, *((thing, inspect(thing).committed_state) for thing in session.dirty)):
        if not getattr(thing, "is_unseen", False):
            _notice(type(thing), columns)


def _notice_statement(state: ORMExecuteState) -> None:
    """Touch what shows the rows that a statement is about to write."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    statement: Any = state.statement
    written: Iterable[Any] | None = None
    if state.is_update:
        many = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
        # SQLAlchemy has no public word for what an UPDATE sets.
        written = {getattr(column, "key", column) for column in statement._values or ()} | set().union(*many)
    if (model := _models().get(statement.table)) is not None:
        _notice(model, written)


def _notice(model: Any, written: Iterable[Any] | None) -> None:
    """Touch where a model's rows are shown, unless nothing but what is never shown was written."""
    shown_in: tuple[Content, ...] = getattr(model, "shown_in", ())
    if not shown_in or tenant_id_or_none() is None:
        # On the platform no tenant's rows can be written; of the tenant itself, all that matters is read anew each time.
        return
    if written is None or not set(written) <= getattr(model, "never_shown", frozenset()):
        touch(*shown_in)


@cache
def _models() -> dict[Any, Any]:
    return {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}


def _bump(session: Session) -> None:
    # Last before the commit: the row is hot, and a lock taken late is held short. A savepoint's end is not that.
    if session.in_nested_transaction():
        return
    # What is only written now is noticed now.
    session.flush()
    pending: set[tuple[int, str]] = session.info.pop(_PENDING, set())
    for tenant_id in sorted({tenant for tenant, _ in pending}):
        columns = {content: getattr(TenantVersions, content) + 1 for tenant, content in pending if tenant == tenant_id}
        session.execute(
            update(TenantVersions)
            .where(TenantVersions.tenant_id == tenant_id)
            .values(columns)
            .execution_options(synchronize_session=False)
        )


def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)


def install() -> None:
    """Bump what was touched whenever a session commits."""
    if not event.contains(Session, "before_commit", _bump):
        event.listen(Session, "before_commit", _bump)
        event.listen(Session, "after_rollback", _forget)
        event.listen(Session, "after_flush", _notice_rows)
        event.listen(Session, "do_orm_execute", _notice_statement)
