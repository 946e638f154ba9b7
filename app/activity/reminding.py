"""Reminders, set by set: whoever looks first claims the rows, so two workers remind nobody twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from app.core.database import db
from tenants.isolation import scoped

_BATCH = 500


def claim_reminders(model: Any, *conditions: ColumnElement[bool], now: datetime) -> list[Row[Any]]:
    """Mark the rows of a stateful model whose time to remind has come as reminded, and return what was claimed.

    A row that somebody else holds at the moment is met at the next stroke.
    """
    due = (
        select(model.id)
        .where(scoped(model), model.remind_at <= now, *conditions)
        .order_by(model.remind_at)
        .limit(_BATCH)
        .with_for_update(skip_locked=True, key_share=True)
        .cte("due")
    )
    claimed: list[Row[Any]] = []
    while True:
        batch = db.session.execute(
            update(model)
            .where(scoped(model), model.id.in_(select(due.c.id)))
            .values(remind_at=None, reminded_at=now)
            .returning(*model.__table__.columns)
            .execution_options(synchronize_session=False)
        ).all()
        claimed += batch
        if len(batch) < _BATCH:
            return claimed


def due_to_end(model: Any, *conditions: ColumnElement[bool], now: datetime, most: int = 1000) -> list[Any]:
    """Return the ids of rows whose waiting has lasted too long, the longest first."""
    return list(
        db.session.scalars(
            select(model.id)
            .where(scoped(model), model.deadline_at <= now, *conditions)
            .order_by(model.deadline_at)
            .limit(most)
        )
    )
