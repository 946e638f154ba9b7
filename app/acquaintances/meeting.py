"""How members come to know each other: the verbs that features above call where it happens, in the same transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Integer, Uuid, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from app.acquaintances.models import Acquaintance
from app.core.database import db
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member


def finish_work_together(one: UUID, other: UUID, *, now: datetime) -> None:
    """Note that two members brought an agreement to its end together."""
    kept: Any = Acquaintance
    _meet(one, other, now=now, worked=1, worked_at=now, again={"worked": kept.worked + 1, "worked_at": now})


def come_invited(newcomer: UUID, *, by: UUID, now: datetime) -> None:
    """Note that a new member was asked in by name by another. A link that anybody may pass on says nothing of the kind."""
    # Whoever comes back was first asked in by somebody, and that stays.
    first = func.coalesce(Acquaintance.inviter_id, by)
    _meet(newcomer, by, now=now, inviter_id=by, again={"inviter_id": first})


def _meet(
    one: UUID,
    other: UUID,
    *,
    now: datetime,
    again: dict[str, Any],
    worked: int = 0,
    worked_at: datetime | None = None,
    inviter_id: UUID | None = None,
) -> None:
    """Write both rows of a pair, or add to them. Nobody comes to know those who left: nothing of them is kept."""
    here, there = aliased(Member), aliased(Member)
    both = (one, other)
    pairs = (
        select(
            bindparam(None, current_tenant_id()),
            here.id,
            there.id,
            bindparam(None, worked, Integer),
            bindparam(None, worked_at, DateTime(timezone=True)),
            bindparam(None, inviter_id, Uuid),
            bindparam(None, now, DateTime(timezone=True)),
        )
        .join(there, and_(there.tenant_id == here.tenant_id, there.id != here.id))
        .where(scoped(here), here.id.in_(both), there.id.in_(both))
        .where(here.standing == "active", there.standing == "active")
        # Always the same row first, so that two who write the same pair wait for each other in one order.
        .order_by(here.id)
    )
    columns = ("tenant_id", "member_id", "other_id", "worked", "worked_at", "inviter_id", "since")
    db.session.flush()
    db.session.execute(
        insert(Acquaintance)
        .from_select(columns, pairs)
        .on_conflict_do_update(index_elements=["tenant_id", "member_id", "other_id"], set_=again)
    )
