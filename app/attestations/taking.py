"""Taking reviews out of a marketplace, and bringing them into another."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert

from app.activity.recording import record
from app.attestations.carried import CarriedReview
from app.attestations.failures import FromHere, MayNotArrive, MayNotLeave, NothingToTake, TakenDown
from app.attestations.keys import signing_key
from app.attestations.models import Attestation
from app.attestations.queries import to_take
from app.attestations.statement import Signed, Statement, believe, signed, subject_of
from app.core.database import db
from app.reviews.models import Review
from tenants.context import Actor, current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Tenant
from tenants.versions import touch


def take(review_ids: Iterable[UUID], *, by: Actor, now: datetime) -> list[Signed]:
    """Return signed statements of the chosen ones among a member's published reviews.

    :raises MayNotLeave: where leaders do not let reviews go.
    :raises NothingToTake: when none of them is theirs.
    """
    if not lets_out():
        raise MayNotLeave
    chosen = set(review_ids)
    rows = [row for row in to_take(by.id) if row.review_id in chosen]
    if not rows:
        raise NothingToTake
    key = signing_key(now)
    return [signed(_statement(row, _taken(row, now), by, now), key) for row in rows]


def bring(found: Sequence[Signed], *, by: Actor, now: datetime) -> int:
    """Show reviews from other marketplaces on a member's page, all of a file or none; those brought before are the same.

    :returns: how many are new here.
    :raises MayNotArrive: where leaders do not let them in.
    :raises Refused: when anything about any of them is not right (`statement.believe`), or they were written here.
    """
    if not lets_in():
        raise MayNotArrive
    keys = believe(list(found), by.user_id)
    if any(key.tenant_id == current_tenant_id() for key in keys.values()):
        raise FromHere
    # By their ids: a file may hold the same twice.
    rows = {
        UUID(one.statement.id): {
            "tenant_id": current_tenant_id(),
            "id": UUID(one.statement.id),
            "member_id": by.id,
            "key_id": one.key_id,
            "payload": one.payload,
            "signature": one.signature,
            "brought_at": now,
        }
        for one in found
    }
    before = _brought_before(rows, by)
    if any(one.is_kept_out for one in before):
        raise TakenDown
    added = insert(CarriedReview).values(list(rows.values()))
    # Taken anew it may tell more or less than before: the newest is what its owner wants told.
    newest = added.on_conflict_do_update(
        index_elements=["tenant_id", "id"],
        set_={name: added.excluded[name] for name in ("key_id", "payload", "signature", "dropped_at", "dropped_by")},
        where=CarriedReview.member_id == by.id,
    )
    db.session.execute(newest)
    new = rows.keys() - {one.id for one in before if not one.is_dropped}
    record("bring", by, by=by, kind="carried_review", count=len(new))
    touch("people")
    return len(new)


def lets_out() -> bool:
    """Return whether members may take reviews from this marketplace elsewhere."""
    return db.session.scalars(select(Tenant.reviews_leave).where(Tenant.id == current_tenant_id())).one()


def lets_in() -> bool:
    """Return whether members may show reviews from elsewhere in this marketplace."""
    return db.session.scalars(select(Tenant.reviews_arrive).where(Tenant.id == current_tenant_id())).one()


def _brought_before(ids: Collection[UUID], by: Actor) -> Sequence[CarriedReview]:
    # Locked: a moderator who takes one down now is before or after.
    theirs = select(CarriedReview).where(scoped(CarriedReview), CarriedReview.member_id == by.id)
    return db.session.scalars(
        theirs.where(CarriedReview.id.in_(ids)).order_by(CarriedReview.id).with_for_update()
    ).all()


def _taken(row: Row[Any], now: datetime) -> Attestation:
    review = db.session.get_one(Review, (current_tenant_id(), row.review_id))
    attestation = Attestation.of(review)
    attestation.taken_at = now
    return attestation


def _statement(row: Row[Any], attestation: Attestation, by: Actor, now: datetime) -> Statement:
    may_be_named = attestation.tells_the_name and row.standing == "active"
    finished = row.accepted_at or row.published_at
    return Statement(
        id=str(attestation.id),
        hall=tenant.name,
        subject=subject_of(by.user_id),
        side="worker" if row.worker_id == by.id else "client",
        work=row.category,
        month=f"{finished:%Y-%m}",
        rating=row.rating,
        text=row.text,
        author=row.author_name if may_be_named else "",
        told_on=f"{now:%Y-%m-%d}",
    )
