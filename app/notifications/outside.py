"""Letters to people who are no members, so that nothing of theirs is listed anywhere: a mail is all they get."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from app.accounts.models import User
from app.activity.models import Activity
from app.core.database import db
from app.core.languages import gettext as _
from app.core.mail import Undeliverable, send
from app.joining.models import Invitation, JoinRequest
from app.notifications.outside_letters import of_invitation, of_refusal, of_the_end
from app.notifications.telling import STALE
from tenants.context import current_tenant_id, tenant
from tenants.models import Member
from themes.letters import Letter

Written = tuple[str, Letter] | None


def writes_outside(activity: Activity) -> bool:
    """Whether somebody who is no member hears of an activity."""
    return (activity.subject_kind, activity.verb) in LETTERS


def write(activity: Activity, *, now: datetime) -> None:
    """Mail what an activity has for somebody outside, if it still holds. Sent again, it is the same message."""
    written = LETTERS[activity.subject_kind, activity.verb](activity, now)
    if written is None or not tenant.is_open or now - activity.created_at > STALE:
        return
    address, letter = written
    try:
        send(letter.to(address, message_id=str(activity.id), tenant=tenant))
    except Undeliverable:
        # Whoever invited sees it in the list: it stays open.
        return


def _invitation(activity: Activity, now: datetime) -> Written:
    invitation = db.session.get(Invitation, (current_tenant_id(), activity.subject_id))
    if invitation is None or not invitation.is_open(now=now):
        return None
    return invitation.email, of_invitation(invitation, _name_of(invitation.invited_by))


def _refusal(activity: Activity, now: datetime) -> Written:
    request = db.session.get(JoinRequest, (current_tenant_id(), activity.subject_id))
    user = db.session.get(User, request.user_id) if request else None
    if user is None or not user.is_verified or user.is_disabled:
        return None
    return user.email, of_refusal(activity.reason)


def _end_of_membership(activity: Activity, now: datetime) -> Written:
    member = db.session.get(Member, (current_tenant_id(), activity.subject_id))
    user = db.session.get(User, member.user_id) if member and member.user_id else None
    if member is None or member.is_active or user is None or not user.is_verified or user.is_disabled:
        return None
    return user.email, of_the_end(activity.reason, activity.data.get("rule", ""), activity.data.get("measure_id"))


LETTERS: dict[tuple[str, str], Callable[[Activity, datetime], Written]] = {
    ("invitation", "invited"): _invitation,
    ("join_request", "refused"): _refusal,
    ("member", "removed"): _end_of_membership,
    ("member", "banned"): _end_of_membership,
}


def _name_of(member_id: UUID | None) -> str:
    member = db.session.get(Member, (current_tenant_id(), member_id)) if member_id else None
    return member.name if member else _("A leader")
