"""Alerts end after a year. Their members are reminded before, once, and renew them with one click."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.alerts.keeping import NOTICE
from app.alerts.models import Alert, AlertLetter
from app.alerts.notices import Notice, list_notices
from app.core.database import db
from app.notifications.preferences import Wishes
from app.notifications.topics import TOPICS
from tenants.context import current_tenant
from tenants.isolation import scoped
from tenants.models import Member

_NEAR = (
    select(Alert)
    .where(scoped(Alert), Alert.state == "on", Alert.reminded_at.is_(None))
    .order_by(Alert.member_id, Alert.id)
    # Locked, so that two strikes of the clock at once remind once.
    .with_for_update(skip_locked=True)
)


def remind(*, now: datetime) -> list[UUID]:
    """Tell the members whose alerts end soon, once for each; return the letters to send."""
    alerts = db.session.scalars(_NEAR.where(Alert.expires_at > now, Alert.expires_at <= now + NOTICE)).all()
    members = _present({alert.member_id for alert in alerts})
    wishes, topic = Wishes(members, ["alerts"]), TOPICS["alerts"]
    letters, notices = [], []
    for alert in alerts:
        alert.reminded_at = now
        if alert.member_id not in members:
            continue
        mailed = alert.by_mail and wishes.want(alert.member_id, topic, "email")
        letter = AlertLetter(
            member_id=alert.member_id, ends_id=alert.id, state="waiting" if mailed else "kept", made_at=now
        )
        db.session.add(letter)
        db.session.flush()
        letters += [letter.id] if mailed else []
        # Whoever only reads a feed would hear of it nowhere else.
        notices.append(Notice(letter.id, alert.member_id, alert.id, alert.name, 0, members[alert.member_id]))
    list_notices(notices, now=now)
    return letters


def _present(member_ids: Sequence[UUID] | set[UUID]) -> dict[UUID, str]:
    """Return those of some members who are here, each with the language they read."""
    rows = db.session.execute(
        select(Member.id, Member.locale).where(
            scoped(Member), Member.id.in_(list(member_ids)), Member.standing == "active"
        )
    )
    return {row.id: row.locale or current_tenant().locale for row in rows}
