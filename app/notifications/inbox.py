"""A member's notifications: the pages of the list, and what is read. The count at the bell changes with every step."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, delete, select, update
from sqlalchemy.orm import aliased

from app.core.database import db
from app.core.paging import Keyset, Page
from app.notifications.models import Notification
from tenants.isolation import scoped
from tenants.models import Member

_HELPER = aliased(Member)
_ROWS = (
    select(
        Notification.id,
        Notification.event,
        Notification.title,
        Notification.detail,
        Notification.quote,
        Notification.path,
        Notification.created_at,
        Notification.read_at,
        Member.name,
        Member.hue,
        Member.picture,
        _HELPER.name.label("helper"),
    )
    .outerjoin(Member, and_(Member.tenant_id == Notification.tenant_id, Member.id == Notification.actor_id))
    .outerjoin(_HELPER, and_(_HELPER.tenant_id == Notification.tenant_id, _HELPER.id == Notification.helper_id))
    .where(scoped(Notification), Notification.member_id == bindparam("member_id"), Notification.listed)
)
_QUIETLY: dict[str, Any] = {"synchronize_session": False}

_ALL = Keyset(_ROWS, by=("id",), descending=True)
_UNREAD = Keyset(_ROWS.where(Notification.read_at.is_(None)), by=("id",), descending=True)


def inbox(member_id: UUID, *, unread: bool, at: str | None) -> Page[Row[Any]]:
    """Return a page of what a member was told, newest first; with `unread`, of what they have not read."""
    return (_UNREAD if unread else _ALL).page(at, member_id=member_id)


def read_one(member_id: UUID, notification_id: UUID, *, now: datetime) -> int:
    """Note that a member has read one of their notifications; return how many that were new this was."""
    return _read(member_id, Notification.id == notification_id, now=now)


def read_all(member_id: UUID, *, now: datetime) -> int:
    """Note that a member has read everything, and return how many it were."""
    return _read(member_id, now=now)


def read_what_leads_to(path: str, member_id: UUID, *, now: datetime) -> int:
    """Note that a member, who sees a page, has read what leads there; return how many it were."""
    return _read(member_id, Notification.path == path, now=now)


def is_told_here(member_id: UUID, notification_id: UUID) -> bool:
    """Whether a notification is in a member's list."""
    found = select(Notification.id).where(
        scoped(Notification),
        Notification.id == notification_id,
        Notification.member_id == member_id,
        Notification.listed,
    )
    return db.session.execute(found).first() is not None


def take_back(kind: str, subject_ids: Select[Any]) -> None:
    """Remove what anybody was told of these things (texts of ids): it names somebody who is forgotten."""
    told = (
        scoped(Notification),
        Notification.event.startswith(f"{kind}."),
        Notification.data["subject"].astext.in_(subject_ids),
    )
    _lock(select(Notification.member_id).where(*told))
    gone = db.session.execute(
        delete(Notification)
        .where(*told)
        .returning(Notification.member_id, Notification.listed, Notification.read_at)
        .execution_options(**_QUIETLY)
    ).all()
    unread = Counter(row.member_id for row in gone if row.listed and row.read_at is None)
    for member_id, number in unread.items():
        _count_down(member_id, number)


def count_up(new: Mapping[UUID, int]) -> None:
    """Count what was listed for members at their bells. Whoever lists it holds their rows, in the order of their ids."""
    by_number: dict[int, list[UUID]] = {}
    for member_id, number in new.items():
        by_number.setdefault(number, []).append(member_id)
    for number, member_ids in by_number.items():
        counted = update(Member).where(scoped(Member), Member.id.in_(member_ids))
        db.session.execute(counted.values(unread_count=Member.unread_count + number).execution_options(**_QUIETLY))


def _read(member_id: UUID, *conditions: Any, now: datetime) -> int:
    unread = (
        scoped(Notification),
        Notification.member_id == member_id,
        Notification.listed,
        Notification.read_at.is_(None),
        *conditions,
    )
    if db.session.execute(select(Notification.id).where(*unread).limit(1)).first() is None:
        return 0
    _lock([member_id])
    read = update(Notification).where(*unread).values(read_at=now).returning(Notification.id)
    number = len(db.session.execute(read.execution_options(**_QUIETLY)).all())
    _count_down(member_id, number)
    return number


def _lock(member_ids: Any) -> None:
    # Members first and in one order, as whoever tells them does: neither waits for the other in a circle.
    db.session.execute(
        select(Member.id)
        .where(scoped(Member), Member.id.in_(member_ids))
        .order_by(Member.id)
        .with_for_update(key_share=True)
    )


def _count_down(member_id: UUID, number: int) -> None:
    counted = update(Member).where(scoped(Member), Member.id == member_id)
    db.session.execute(counted.values(unread_count=Member.unread_count - number).execution_options(**_QUIETLY))
