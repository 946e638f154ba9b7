"""Whatever the session writes about things that can be found is noticed, and made findable in the same transaction.

As with the counters of `tenants.versions`, nobody has to remember to: a source names the rows that say something, and the
session's own events notice their inserts, updates and deletes, statements over many rows included.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session

from app.search import sources
from app.search.keeping import AT_ONCE, refresh
from app.search.renewal import renew
from app.search.sources import Source, Telling
from tenants.context import tenant_id_or_none
from tenants.models import Tenant

_PENDING, _LATER = "to_find", "to_find_later"
_by_table: dict[Any, list[tuple[str, Telling]]] = {}


def install(found: Sequence[Source]) -> None:
    """Keep these kinds of things findable."""
    sources.register(found)
    for source in found:
        for model, telling in source.tellings.items():
            told = _by_table.setdefault(model.__table__, [])
            if (source.kind, telling) not in told:
                told.append((source.kind, telling))
    if not event.contains(Session, "before_commit", _keep):
        event.listen(Session, "before_commit", _keep)
        event.listen(Session, "after_rollback", _forget)
        event.listen(Session, "after_flush", _notice_rows)
        event.listen(Session, "do_orm_execute", _notice_statement)


def _notice_rows(session: Session, _context: object) -> None:
    for thing in (*session.new, *session.deleted):
        _notice(session, thing, None)
    for thing in session.dirty:
        _notice(session, thing, inspect(thing).committed_state)


def _notice(session: Session, thing: Any, written: Iterable[str] | None) -> None:
    if isinstance(thing, Tenant):
        if written is not None and "locale" in written:
            # In another language all words have other stems.
            _later(session).update(sources.kinds())
        return
    for kind, telling in _by_table.get(thing.__table__, ()):
        if not _matters(telling, written):
            continue
        if telling.reach is None:
            _pending(session).add((kind, getattr(thing, telling.subject)))
        elif written is not None:
            _reach(session, kind, telling, [thing.id])


def _notice_statement(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete) or tenant_id_or_none() is None:
        return
    statement: Any = state.statement
    for kind, telling in _by_table.get(statement.table, ()):
        if state.is_insert:
            if telling.reach is None:
                _pending(state.session).update((kind, one) for one in inserted(state, telling.subject))
        elif state.is_delete or _matters(telling, written_by(state)):
            found = touched(state, telling)
            if telling.reach is None:
                _pending(state.session).update((kind, one) for one in found)
            else:
                _reach(state.session, kind, telling, found)


def _matters(telling: Telling, written: Iterable[str] | None) -> bool:
    return written is None or telling.columns is None or not telling.columns.isdisjoint(written)


def written_by(state: ORMExecuteState) -> set[str]:
    """Return the names of the columns that an UPDATE sets."""
    many = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
    # SQLAlchemy has no public word for what an UPDATE sets.
    values = getattr(state.statement, "_values", None) or ()
    return {getattr(column, "key", column) for column in values} | set().union(*many)


def inserted(state: ORMExecuteState, name: str) -> Iterator[UUID]:
    """Yield the ids in a column of what an INSERT is about to write."""
    many = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
    if any(name in row for row in many):
        yield from (row[name] for row in many if name in row)
        return
    # Values that stand in the statement: of several rows the names are numbered.
    # An insert is known by `state`, not by its type.
    for parameter, value in state.statement.compile().params.items():  # type: ignore[attr-defined]
        if (parameter == name or parameter.startswith(f"{name}_m")) and isinstance(value, UUID):
            yield value


def touched(state: ORMExecuteState, telling: Telling) -> list[Any]:
    """Return the ids of what an UPDATE or DELETE is about to change: looked up before it runs."""
    statement: Any = state.statement
    name = "id" if telling.reach is not None else telling.subject
    if isinstance(state.parameters, list):
        return [row[name] for row in state.parameters if name in row]
    chosen = select(statement.table.c[name]).distinct()
    if statement.whereclause is not None:
        chosen = chosen.where(statement.whereclause)
    return list(state.session.connection().execute(chosen, state.parameters or {}).scalars())


def _reach(session: Session, kind: str, telling: Telling, ids: Iterable[Any]) -> None:
    assert telling.reach is not None
    with session.no_autoflush:
        reached = session.connection().execute(telling.reach(list(ids)).limit(AT_ONCE + 1)).scalars().all()
    if len(reached) > AT_ONCE:
        _later(session).add(kind)
    else:
        _pending(session).update((kind, one) for one in reached)


def _later(session: Session) -> set[str]:
    later: set[str] = session.info.setdefault(_LATER, set())
    return later


def _pending(session: Session) -> set[tuple[str, UUID]]:
    pending: set[tuple[str, UUID]] = session.info.setdefault(_PENDING, set())
    return pending


def _keep(session: Session) -> None:
    # A savepoint's end is no commit.
    if session.in_nested_transaction():
        return
    # What is only written now is noticed now.
    session.flush()
    pending: set[tuple[str, UUID]] = session.info.pop(_PENDING, set())
    later: set[str] = session.info.pop(_LATER, set())
    if not (pending or later) or tenant_id_or_none() is None:
        return
    for kind in sorted({kind for kind, _ in pending} - later):
        refresh(sources.source(kind), [one for named, one in pending if named == kind])
    for kind in sorted(later):
        renew.enqueue(once=kind, kind=kind, after=None)


def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)
    session.info.pop(_LATER, None)
