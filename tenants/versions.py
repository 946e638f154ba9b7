"""The counters that tell caches when something changed: bumped in the same transaction, as its last statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import event, update
from sqlalchemy.orm import Session

from app.core.database import db
from tenants.context import current_tenant_id
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


def _bump(session: Session) -> None:
    # Last before the commit: the row is hot, and a lock taken late is held short. A savepoint's end is not that.
    if session.in_nested_transaction():
        return
    pending: set[tuple[int, str]] = session.info.pop(_PENDING, set())
    if pending:
        session.flush()
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
