"""Letters to people who are no members, so that nothing of theirs is listed anywhere: a mail is all they get."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from app.accounts.models import User
from app.activity.models import Activity
from app.core.database import db
from app.core.mail import Undeliverable, send
from app.core.timers import day_of
from app.core.wording import day
from app.joining.models import Invitation, JoinRequest
from app.notifications.telling import STALE
from tenants.context import current_tenant_id, tenant
from tenants.links import hall_url
from tenants.models import Member
from themes.letters import Letter

_AS = {"member": "", "leader": "a leader", "admin": "an admin", "moderator": "a moderator", "manager": "a manager"}

_WHAT_IT_IS = {
    "community": "{hall} is a marketplace where people who know each other find work, and people for it.",
    "company": "{hall} has a marketplace of its own, where colleagues find gigs beside their job, and people for them.",
}

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
    inviter = _name_of(invitation.invited_by)
    role = _AS.get(invitation.role, "")
    last = day(day_of(invitation.expires_at - timedelta(seconds=1), tenant.time_zone))
    return invitation.email, Letter(
        subject=f"{inviter} invites you to {tenant.name}",
        paragraphs=[
            _WHAT_IT_IS[tenant.kind].format(hall=tenant.name),
            *([f"You would be {role} there."] if role else []),
        ],
        quote=invitation.note,
        action=("Look at the invitation", hall_url(tenant, "joining.invitation", token=invitation.token)),
        after=[f"It is meant for you alone and stays open until {last}."],
        why=f"{inviter} gave us your address for this invitation; it is used for nothing else. "
        "If you would rather not come, do nothing.",
    )


def _refusal(activity: Activity, now: datetime) -> Written:
    request = db.session.get(JoinRequest, (current_tenant_id(), activity.subject_id))
    user = db.session.get(User, request.user_id) if request else None
    if user is None or not user.is_verified or user.is_disabled:
        return None
    return user.email, Letter(
        subject=f"{tenant.name} has answered your request",
        heading="Not this time",
        paragraphs=[f"You asked to join {tenant.name}. The leaders have read it and said no."],
        quote=activity.reason,
        why=f"You asked to join {tenant.name}.",
    )


def _end_of_membership(activity: Activity, now: datetime) -> Written:
    member = db.session.get(Member, (current_tenant_id(), activity.subject_id))
    user = db.session.get(User, member.user_id) if member and member.user_id else None
    if member is None or member.is_active or user is None or not user.is_verified or user.is_disabled:
        return None
    return user.email, Letter(
        subject=f"Your membership of {tenant.name} has ended",
        paragraphs=[
            f"The leaders of {tenant.name} have ended your membership.",
            "What you agreed on with others is closed, and the other sides are told. Your account is not touched.",
        ],
        facts=[("The rule", activity.data["rule"])] if activity.data.get("rule") else [],
        quote=activity.reason,
        why=f"You were a member of {tenant.name}.",
    )


LETTERS: dict[tuple[str, str], Callable[[Activity, datetime], Written]] = {
    ("invitation", "invited"): _invitation,
    ("join_request", "refused"): _refusal,
    ("member", "removed"): _end_of_membership,
    ("member", "banned"): _end_of_membership,
}


def _name_of(member_id: UUID | None) -> str:
    member = db.session.get(Member, (current_tenant_id(), member_id)) if member_id else None
    return member.name if member else "A leader"
