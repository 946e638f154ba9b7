"""What we ask Stripe to make, written down under its key before it is asked for: once is enough, and once is all.

An operation is named by its kind and its subject ("account" of "this marketplace"). While nobody knows how it ended, the next
who wants the same asks again with the key and the parameters of the first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base
from app.core.ids import new_id
from billing import gateway
from billing.apart import apart
from billing.gateway import Answer, Params, Refused
from tenants.context import current_tenant_id
from tenants.isolation import TenantRow, scoped
from tenants.models import one_of

STATES = ("begun", "done", "refused")
# Stripe forgets keys after a day. From then on we look whether it was done.
_KEY_HOLDS = timedelta(hours=20)


class Operation(TenantRow, Base):
    """Something asked of Stripe. `key` is the idempotency key, `object_id` what came of it."""

    __tablename__ = "operations"
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("(state = 'done') = (object_id IS NOT NULL)", name="object_when_done"),
        # What was refused may be tried anew, with another key.
        Index(
            "operations_once_idx",
            "tenant_id",
            "kind",
            "subject",
            unique=True,
            postgresql_where=text("state <> 'refused'"),
        ),
        Index("operations_begun_idx", "tenant_id", "begun_at", postgresql_where=text("state = 'begun'")),
    )

    kind: Mapped[str]
    subject: Mapped[str]
    key: Mapped[UUID]
    # The connected account in whose name it was asked; null: the platform's.
    account: Mapped[str | None]
    params: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(server_default="begun")
    object_id: Mapped[str | None]
    problem: Mapped[str] = mapped_column(server_default="")
    tries: Mapped[int] = mapped_column(Integer, server_default="0")
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class _Begun:
    """What is needed of an operation while no transaction is open."""

    id: UUID
    kind: str
    key: UUID
    account: str | None
    params: Params
    state: str
    object_id: str | None
    begun_at: datetime


def perform(kind: str, subject: str, params: Params, *, now: datetime, account: str | None = None) -> Answer:
    """Have Stripe make something once for a subject, and return it; whoever asks again gets the same.

    `params` must take metadata, in which the operation's name goes along.

    :raises Refused: when Stripe will not; the next try is a new one.
    :raises Unclear: when nobody knows whether it was done; trying again is safe.
    """
    operation = _begin(kind, subject, params, account, now)
    if operation.object_id is not None:
        return gateway.fetch(kind, operation.object_id, account=operation.account)
    if operation.begun_at < now - _KEY_HOLDS:
        answer = _found(operation)
        if answer is not None:
            _end(operation, now, state="done", object_id=answer["id"])
            return answer
    named = operation.params | {"metadata": operation.params.get("metadata", {}) | {"operation": str(operation.id)}}
    try:
        answer = gateway.make(kind, named, key=str(operation.key), account=operation.account)
    except Refused as refusal:
        _end(operation, now, state="refused", problem=f"{refusal.code}: {refusal.detail}"[:500])
        raise
    _end(operation, now, state="done", object_id=answer["id"])
    return answer


def _begin(kind: str, subject: str, params: Params, account: str | None, now: datetime) -> _Begun:
    """Return the operation of that subject: the one under way or done, else a new one."""
    wanted = insert(Operation).values(
        tenant_id=current_tenant_id(),
        id=new_id(),
        kind=kind,
        subject=subject,
        key=new_id(),
        account=account,
        params=params,
        begun_at=now,
    )
    names = ("id", "kind", "key", "account", "params", "state", "object_id", "begun_at")
    known = (
        update(Operation)
        .where(scoped(Operation), Operation.kind == kind, Operation.subject == subject, Operation.state != "refused")
        .values(tries=Operation.tries + 1)
        .returning(*(getattr(Operation, name) for name in names))
    )
    with apart() as session:
        session.execute(wanted.on_conflict_do_nothing())
        return _Begun(*session.execute(known).one())


def _end(operation: _Begun, now: datetime, **columns: Any) -> None:
    with apart() as session:
        session.execute(
            update(Operation)
            .where(scoped(Operation), Operation.id == operation.id, Operation.state == "begun")
            .values(ended_at=now, **columns)
        )


def _found(operation: _Begun) -> Answer | None:
    """Return what came of an operation whose key Stripe has forgotten, if anything did."""
    since: Params = {"created": {"gte": int(operation.begun_at.timestamp()) - 300}}
    if operation.kind == "transfer_reversal":
        # They are listed within their transfer, and are few.
        since = {"transfer": operation.params["transfer"]}
    for one in gateway.each(operation.kind, since, account=operation.account):
        if one.get("metadata", {}).get("operation") == str(operation.id):
            return one
    return None


def is_under_way(kind: str, subject: str) -> bool:
    """Whether something was asked for of which nobody knows how it ended: asked again, it must be the same."""
    of = (Operation.kind == kind, Operation.subject == subject, Operation.state == "begun")
    with apart() as session:
        return session.scalars(select(Operation.id).where(scoped(Operation), *of)).first() is not None


def was_begun(kind: str, subject: str) -> bool:
    """Return whether something was asked for a subject in this tenant, and not refused, whether or not its end is known."""
    with apart() as session:
        asked = select(Operation.id).where(
            scoped(Operation), Operation.kind == kind, Operation.subject == subject, Operation.state != "refused"
        )
        return session.scalars(asked.limit(1)).first() is not None


def unfinished() -> list[UUID]:
    """Return the operations of this tenant of which nobody knows how they ended, oldest first."""
    with apart() as session:
        begun = select(Operation.id).where(scoped(Operation), Operation.state == "begun").order_by(Operation.begun_at)
        return list(session.scalars(begun))
