"""What the tests of notifications ask: what somebody was told, and by which mail."""

from sqlalchemy import select

from app.accounts.models import User
from app.core.database import db
from app.core.jobs import run_due
from app.notifications.letters import sentence
from app.notifications.models import Dispatch, Notification
from tenants.isolation import scoped
from tenants.models import Member


def told(member: Member) -> list[str]:
    """Return the sentences in a member's list, oldest first, once everything enqueued has run."""
    run_due()
    rows = db.session.execute(
        select(Notification.title, Member.name)
        .outerjoin(Member, (Member.tenant_id == Notification.tenant_id) & (Member.id == Notification.actor_id))
        .where(scoped(Notification), Notification.member_id == member.id, Notification.listed)
        .order_by(Notification.id)
    )
    return [sentence(row.title, row.name or "") for row in rows]


def unread(member: Member) -> int:
    """Return the number at a member's bell."""
    return db.session.scalars(select(Member.unread_count).where(scoped(Member), Member.id == member.id)).one()


def reasons(member: Member) -> list[str]:
    """Return why mails to a member were not sent; "sent" for those that were."""
    run_due()
    rows = db.session.execute(
        select(Dispatch.state, Dispatch.reason)
        .join(
            Notification,
            (Notification.tenant_id == Dispatch.tenant_id) & (Notification.id == Dispatch.notification_id),
        )
        .where(scoped(Dispatch), Notification.member_id == member.id)
        .order_by(Dispatch.id)
    )
    return [row.reason or row.state for row in rows]


def address(member: Member) -> str:
    """Return a member's e-mail address."""
    return db.session.scalars(select(User.email).where(User.id == member.user_id)).one()


def subjects(outbox, member: Member) -> list[str]:
    """Return the subjects of the mails to a member, oldest first."""
    run_due()
    return [mail.subject for mail in reversed(outbox.all) if mail.to == address(member)]
