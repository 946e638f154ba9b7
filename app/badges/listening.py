"""When facts change: the members whose badges hang on a row that changed are counted anew, right after the transaction.

The features below write their rows and know nothing of this. What changes without a row of these, time above all, the night
finds.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, object_session

from app.agreements.models import Agreement
from app.badges.jobs import settle_one
from app.categories.offices import TermOfOffice
from app.vouching.models import Vouch
from tenants.context import tenant_id_or_none
from tenants.models import Member

_CONCERNED = "concerned_by_badges"

#: By model: the columns that the rules read, and whose badges hang on a row.
_FACTS: dict[type, tuple[tuple[str, ...], Callable[[Any], UUID]]] = {
    Agreement: (("state",), lambda agreement: agreement.worker_id),
    Vouch: (("state", "withheld_at"), lambda vouch: vouch.subject_id),
    TermOfOffice: (("starts_on",), lambda term: term.member_id),
    Member: (("standing",), lambda member: member.id),
}


def install() -> None:
    """Listen to every session for rows that the rules read."""
    if event.contains(Agreement, "after_insert", _note):
        return
    for model in _FACTS:
        event.listen(model, "after_update", _note_changed)
        event.listen(model, "after_insert", _note)
        event.listen(model, "after_delete", _note)
    event.listen(Session, "before_commit", _enqueue, insert=True)
    event.listen(Session, "after_rollback", forget)


def forget(session: Session) -> None:
    """Let nobody be counted for what this transaction has written so far."""
    session.info.pop(_CONCERNED, None)


def _note_changed(mapper: Any, connection: Any, row: Any) -> None:
    columns, _whose = _FACTS[type(row)]
    state = inspect(row)
    if any(state.attrs[name].history.has_changes() for name in columns):
        _note(mapper, connection, row)


def _note(_mapper: Any, _connection: Any, row: Any) -> None:
    session = object_session(row)
    if session is not None:
        _columns, whose = _FACTS[type(row)]
        concerned: set[tuple[int, UUID]] = session.info.setdefault(_CONCERNED, set())
        concerned.add((row.tenant_id, whose(row)))


def _enqueue(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    concerned: set[tuple[int, UUID]] = session.info.pop(_CONCERNED, set())
    here = [member_id for tenant_id, member_id in sorted(concerned) if tenant_id == tenant_id_or_none()]
    if here:
        settle_one.enqueue_each({"member_id": member_id} for member_id in here)
