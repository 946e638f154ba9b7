"""What members of the demo have been told: the last days in everybody's list, the newest unread, and no mail of any of it."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from app.activity.models import Activity
from app.core.database import db
from app.notifications.events import events_of
from app.notifications.listening import forget
from app.notifications.models import Notification
from app.notifications.telling import STALE, tell
from tenants.isolation import scoped
from tenants.models import Member

# What came before has been read and thrown away long since.
_REMEMBERED = timedelta(days=10)
_UNREAD = timedelta(days=3)


def tell_the_news(*, now: datetime) -> None:
    """Tell what happened lately as if it were told in its time, and let nobody be told of it again."""
    db.session.flush()
    forget(db.session())
    recent = select(Activity).where(scoped(Activity), Activity.created_at > now - _REMEMBERED).order_by(Activity.id)
    for activity in db.session.scalars(recent).all():
        if events_of(activity):
            # So late that no mail is due.
            tell(activity, now=activity.created_at + STALE)
    _read_what_is_old(before=now - _UNREAD)


def _read_what_is_old(*, before: datetime) -> None:
    """Let everybody have read all but the newest, and count what is left."""
    db.session.execute(
        update(Notification)
        .where(scoped(Notification), Notification.created_at < before)
        .values(read_at=Notification.created_at + timedelta(hours=5))
        .execution_options(synchronize_session=False)
    )
    unread = (
        select(func.count())
        .where(
            Notification.tenant_id == Member.tenant_id,
            Notification.member_id == Member.id,
            Notification.listed,
            Notification.read_at.is_(None),
        )
        .scalar_subquery()
    )
    db.session.execute(
        update(Member).where(scoped(Member)).values(unread_count=unread).execution_options(synchronize_session=False)
    )
