"""How members come to know each other: the verbs that features above call where it happens, in the same transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    DateTime,
    Integer,
    Uuid,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from app.acquaintances.models import Acquaintance
from app.core.database import db
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

# How a pair says it from either side.
_VOUCHING = ("vouches", "vouched")


def finish_work_together(one: UUID, other: UUID, *, now: datetime) -> None:
    """Note that two members brought an agreement to its end together."""
    kept: Any = Acquaintance
    _meet(one, other, now=now, worked=1, worked_at=now, again={"worked": kept.worked + 1, "worked_at": now})


def come_invited(newcomer: UUID, *, by: UUID, now: datetime) -> None:
    """Note that a new member was asked in by name by another. A link that anybody may pass on says nothing of the kind."""
    # Whoever comes back was first asked in by somebody, and that stays.
    first = func.coalesce(Acquaintance.inviter_id, by)
    _meet(newcomer, by, now=now, inviter_id=by, again={"inviter_id": first})


def stand_by(author: UUID, subject: UUID, *, now: datetime) -> None:
    """Note that one member vouches for another, in words that are shown."""
    kept: Any = Acquaintance
    again = {name: or_(getattr(kept, name), literal_column(f"excluded.{name}", Boolean)) for name in _VOUCHING}
    _meet(author, subject, now=now, voucher_id=author, again=again)


def stand_by_no_longer(author: UUID, subject: UUID) -> None:
    """Note that one member vouches for another no more; where nothing else joins the two, nothing does."""
    db.session.flush()
    for member, other, said, answered in ((author, subject, *_VOUCHING), (subject, author, *reversed(_VOUCHING))):
        pair = (scoped(Acquaintance), Acquaintance.member_id == member, Acquaintance.other_id == other)
        nothing_else = (Acquaintance.worked == 0, Acquaintance.inviter_id.is_(None), ~getattr(Acquaintance, answered))
        db.session.execute(delete(Acquaintance).where(*pair, *nothing_else))
        db.session.execute(update(Acquaintance).where(*pair).values({said: False}))


def _meet(
    one: UUID,
    other: UUID,
    *,
    now: datetime,
    again: dict[str, Any],
    worked: int = 0,
    worked_at: datetime | None = None,
    inviter_id: UUID | None = None,
    voucher_id: UUID | None = None,
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
            here.id.is_not_distinct_from(bindparam(None, voucher_id, Uuid)),
            there.id.is_not_distinct_from(bindparam(None, voucher_id, Uuid)),
        )
        .join(there, and_(there.tenant_id == here.tenant_id, there.id != here.id))
        .where(scoped(here), here.id.in_(both), there.id.in_(both))
        .where(here.standing == "active", there.standing == "active")
        # Always the same row first, so that two who write the same pair wait for each other in one order.
        .order_by(here.id)
    )
    columns = ("tenant_id", "member_id", "other_id", "worked", "worked_at", "inviter_id", "since", *_VOUCHING)
    db.session.flush()
    db.session.execute(
        insert(Acquaintance)
        .from_select(columns, pairs)
        .on_conflict_do_update(index_elements=["tenant_id", "member_id", "other_id"], set_=again)
    )
