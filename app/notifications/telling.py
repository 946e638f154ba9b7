"""An activity becomes notifications: listed in the app, counted, and handed on to be mailed. One transaction, once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from app.activity.models import Activity
from app.core.database import db
from app.core.ids import new_id
from app.core.languages import speaking
from app.notifications.events import Event, Fact, events_of
from app.notifications.models import Dispatch, Notification
from app.notifications.places import PLACES
from app.notifications.preferences import Wishes
from app.notifications.topics import TOPICS
from tenants.context import current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Member

#: How many people one job tells; the next job goes on with the others.
BATCH = 500
#: What is older when it comes to be told is put in the list, but no longer mailed: late mail confuses more than it helps.
STALE = timedelta(days=7)

_DISTINCT = ["tenant_id", "member_id", "source"]


@dataclass(slots=True)
class Told:
    """What telling left to do: the mails to send, whose messages to gather, and after whom to go on."""

    dispatches: list[UUID] = field(default_factory=list)
    gathering: list[UUID] = field(default_factory=list)
    last: UUID | None = None


def tell(activity: Activity, *, now: datetime, after: UUID | None = None) -> Told:
    """Tell everybody whom the table names for this activity, in the order of their ids from behind `after`."""
    fact, told = Fact(activity), Told()
    everybody = sorted(_recipients(fact).items(), key=lambda item: item[0])
    people = dict(item for item in everybody if after is None or item[0] > after)
    batch = dict(list(people.items())[:BATCH])
    told.last = max(batch) if len(people) > BATCH else None
    spoken = _lock_present(batch)
    wishes = Wishes(list(spoken), {event.topic for event in batch.values()})
    # Each in their own language; what is written down stays in it.
    for event, language in dict.fromkeys((batch[member_id], language) for member_id, language in spoken.items()):
        members = [one for one in spoken if batch[one] is event and spoken[one] == language]
        with speaking(language):
            _tell_of(event, fact, members, wishes, told, mailable=now - activity.created_at < STALE)
    return told


def _recipients(fact: Fact) -> dict[UUID, Event]:
    people: dict[UUID, Event] = {}
    for event in events_of(fact.activity):
        if event.when(fact):
            for member_id in event.tells(fact):
                if member_id != event.by(fact):
                    people.setdefault(member_id, event)
    return people


def _lock_present(member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return who is still here, each with the language they read."""
    # In one order, so that two jobs that tell the same people do not wait for each other.
    rows = db.session.execute(
        select(Member.id, Member.locale)
        .where(scoped(Member), Member.id.in_(list(member_ids)), Member.standing == "active")
        .order_by(Member.id)
        .with_for_update(key_share=True)
    )
    return {row.id: row.locale or tenant.locale for row in rows}


def _tell_of(event: Event, fact: Fact, members: Sequence[UUID], wishes: Wishes, told: Told, *, mailable: bool) -> None:
    topic = TOPICS[event.topic]
    listed = {member_id for member_id in members if wishes.want(member_id, topic, "app")}
    mailed = {member_id for member_id in members if mailable and wishes.want(member_id, topic, "email")}
    if event.gathers:
        told.gathering += sorted(mailed)
        mailed = set()
    if event.gathers and listed:
        listed -= _replace_unread(event, fact, listed)
    made = _write(event, fact, [member_id for member_id in members if member_id in listed | mailed], listed)
    _count([member_id for member_id in made.values() if member_id in listed])
    told.dispatches += prepare_mail([id_ for id_, member_id in made.items() if member_id in mailed])


def _write(event: Event, fact: Fact, members: Sequence[UUID], listed: set[UUID]) -> dict[UUID, UUID]:
    """Write the notifications that are not there yet; return whom each is for, by its id."""
    if not members:
        return {}
    same = {
        "tenant_id": current_tenant_id(),
        "actor_id": event.doer(fact),
        "helper_id": fact.activity.helper_id if event.doer(fact) == fact.actor else None,
        "event": event.name,
        "source": str(fact.activity.id),
        "title": event.sentence(fact),
        "detail": event.explanation(fact),
        "quote": event.quote(fact),
        "path": PLACES[event.place].path.format(id=fact.id(event.at)),
        "data": {"subject": str(fact.id(event.at)), "state": fact.get("state")},
        "created_at": fact.activity.created_at,
    }
    rows = [same | {"id": new_id(), "member_id": member_id, "listed": member_id in listed} for member_id in members]
    made = db.session.execute(
        insert(Notification)
        .values(rows)
        .on_conflict_do_nothing(index_elements=_DISTINCT)
        .returning(Notification.id, Notification.member_id)
    )
    return {row.id: row.member_id for row in made}


def prepare_mail(notification_ids: Sequence[UUID]) -> list[UUID]:
    """Return the dispatches of these notifications, made now."""
    ids = [new_id() for _ in notification_ids]
    if ids:
        rows = [
            {
                "tenant_id": current_tenant_id(),
                "id": id_,
                "notification_id": notification_id,
                "channel": "email",
                "message_id": str(id_),
            }
            for id_, notification_id in zip(ids, notification_ids, strict=True)
        ]
        db.session.execute(insert(Dispatch).values(rows))
    return ids


def _replace_unread(event: Event, fact: Fact, members: set[UUID]) -> set[UUID]:
    """Take back what these members were told before of the same thing and have not read: the new one says it all.

    Return those who were told something newer already: two workers may be out of order.
    """
    unread = (
        scoped(Notification),
        Notification.member_id.in_(members),
        Notification.listed,
        Notification.read_at.is_(None),
        Notification.event == event.name,
        Notification.path == PLACES[event.place].path.format(id=fact.id(event.at)),
    )
    when = fact.activity.created_at
    gone = db.session.scalars(
        delete(Notification)
        .where(*unread, Notification.created_at < when)
        .returning(Notification.member_id)
        .execution_options(synchronize_session=False)
    ).all()
    _count(gone, by=-1)
    return set(db.session.scalars(select(Notification.member_id).where(*unread)))


def _count(members: Sequence[UUID], by: int = 1) -> None:
    if members:
        db.session.execute(
            update(Member)
            .where(scoped(Member), Member.id.in_(members))
            .values(unread_count=Member.unread_count + by)
            .execution_options(synchronize_session=False)
        )
