"""Letters to people who are no members, so that nothing of theirs is listed anywhere: a mail is all they get."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from app.accounts.models import User
from app.activity.models import Activity
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.mail import Undeliverable, send
from app.core.timers import day_of
from app.core.wording import day
from app.joining.models import Invitation, JoinRequest
from app.notifications.telling import STALE
from tenants.context import current_tenant_id, tenant
from tenants.links import hall_url
from tenants.models import Member
from themes.letters import Letter

_AS = {
    "member": "",
    "leader": _l("a leader"),
    "admin": _l("an admin"),
    "moderator": _l("a moderator"),
    "manager": _l("a manager"),
}

_WHAT_IT_IS = {
    "community": _l("{hall} is a marketplace where people who know each other find work, and people for it."),
    "company": _l(
        "{hall} has a marketplace of its own, where colleagues find gigs beside their job, and people for them."
    ),
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
        subject=_("%(inviter)s invites you to %(name)s", inviter=inviter, name=tenant.name),
        paragraphs=[
            _WHAT_IT_IS[tenant.kind].format(hall=tenant.name),
            *([_("You would be %(role)s there.", role=role)] if role else []),
        ],
        quote=invitation.note,
        action=(_("Look at the invitation"), hall_url(tenant, "joining.invitation", token=invitation.token)),
        after=[_("It is meant for you alone and stays open until %(last)s.", last=last)],
        why=_(
            "%(inviter)s gave us your address for this invitation; it is used for nothing else. If you "
            "would rather not come, do nothing.",
            inviter=inviter,
        ),
    )


def _refusal(activity: Activity, now: datetime) -> Written:
    request = db.session.get(JoinRequest, (current_tenant_id(), activity.subject_id))
    user = db.session.get(User, request.user_id) if request else None
    if user is None or not user.is_verified or user.is_disabled:
        return None
    return user.email, Letter(
        subject=_("%(name)s has answered your request", name=tenant.name),
        heading=_("Not this time"),
        paragraphs=[_("You asked to join %(name)s. The leaders have read it and said no.", name=tenant.name)],
        quote=activity.reason,
        why=_("You asked to join %(name)s.", name=tenant.name),
    )


def _end_of_membership(activity: Activity, now: datetime) -> Written:
    member = db.session.get(Member, (current_tenant_id(), activity.subject_id))
    user = db.session.get(User, member.user_id) if member and member.user_id else None
    if member is None or member.is_active or user is None or not user.is_verified or user.is_disabled:
        return None
    return user.email, Letter(
        subject=_("Your membership of %(name)s has ended", name=tenant.name),
        paragraphs=[
            _("The leaders of %(name)s have ended your membership.", name=tenant.name),
            _("What you agreed on with others is closed, and the other sides are told. Your account is not touched."),
        ],
        facts=[(_("The rule"), activity.data["rule"])] if activity.data.get("rule") else [],
        quote=activity.reason,
        why=_("You were a member of %(name)s.", name=tenant.name),
    )


LETTERS: dict[tuple[str, str], Callable[[Activity, datetime], Written]] = {
    ("invitation", "invited"): _invitation,
    ("join_request", "refused"): _refusal,
    ("member", "removed"): _end_of_membership,
    ("member", "banned"): _end_of_membership,
}


def _name_of(member_id: UUID | None) -> str:
    member = db.session.get(Member, (current_tenant_id(), member_id)) if member_id else None
    return member.name if member else _("A leader")
