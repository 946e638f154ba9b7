"""What members want to be told, and by which channel. Only what differs from a topic's default is kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core.database import db
from app.notifications.models import MailRest, Preference
from app.notifications.topics import CHANNELS, TOPICS, Channel, Topic
from tenants.context import current_tenant_id
from tenants.isolation import scoped

REST = timedelta(days=7)

_MINE = select(Preference.topic, Preference.channel, Preference.wanted).where(
    scoped(Preference), Preference.member_id == bindparam("member_id")
)


class Wishes:
    """What some members want, read at once: `wishes.want(member_id, topic, "email")`."""

    def __init__(self, member_ids: Iterable[UUID], topics: Iterable[str]) -> None:
        rows = db.session.execute(
            select(Preference.member_id, Preference.topic, Preference.channel, Preference.wanted).where(
                scoped(Preference), Preference.member_id.in_(list(member_ids)), Preference.topic.in_(list(topics))
            )
        )
        self._differing = {(row.member_id, row.topic, row.channel): row.wanted for row in rows}

    def want(self, member_id: UUID, topic: Topic, channel: Channel) -> bool:
        return bool(self._differing.get((member_id, topic.slug, channel), channel in topic.channels))


def channels_of(member_id: UUID, topics: Iterable[Topic]) -> dict[str, list[str]]:
    """Return the channels that a member wants, by topic."""
    differing = {(row.topic, row.channel): row.wanted for row in db.session.execute(_MINE, {"member_id": member_id})}
    return {
        topic.slug: [channel for channel in CHANNELS if differing.get((topic.slug, channel), channel in topic.channels)]
        for topic in topics
    }


def choose(member_id: UUID, chosen: Mapping[str, Iterable[str]]) -> None:
    """Keep a member's choice: the channels of each topic named."""
    for slug, channels in chosen.items():
        for channel in CHANNELS:
            _keep(member_id, TOPICS[slug], channel, wanted=channel in channels)


def stop_mail(member_id: UUID, topics: Iterable[Topic]) -> None:
    """Send a member no more e-mail about these topics."""
    for topic in topics:
        _keep(member_id, topic, "email", wanted=False)


def rest_until(member_id: UUID) -> datetime | None:
    """Return until when a member wants no e-mail at all, or None."""
    return db.session.scalars(
        select(MailRest.until).where(scoped(MailRest), MailRest.member_id == member_id)
    ).one_or_none()


def rest(member_id: UUID, *, now: datetime) -> datetime:
    """Let a member have a week without e-mail, and return its end."""
    until = now + REST
    row = insert(MailRest).values(tenant_id=current_tenant_id(), member_id=member_id, until=until)
    db.session.execute(row.on_conflict_do_update(index_elements=["tenant_id", "member_id"], set_={"until": until}))
    return until


def end_rest(member_id: UUID) -> None:
    """Let e-mail come again."""
    db.session.execute(delete(MailRest).where(scoped(MailRest), MailRest.member_id == member_id))


def _keep(member_id: UUID, topic: Topic, channel: Channel, *, wanted: bool) -> None:
    if wanted == (channel in topic.channels):
        db.session.execute(
            delete(Preference).where(
                and_(
                    scoped(Preference),
                    Preference.member_id == member_id,
                    Preference.topic == topic.slug,
                    Preference.channel == channel,
                )
            )
        )
    else:
        row = insert(Preference).values(
            tenant_id=current_tenant_id(), member_id=member_id, topic=topic.slug, channel=channel, wanted=wanted
        )
        db.session.execute(
            row.on_conflict_do_update(
                index_elements=["tenant_id", "member_id", "topic", "channel"], set_={"wanted": wanted}
            )
        )
