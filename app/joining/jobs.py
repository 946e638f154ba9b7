"""Whoever waits for room comes in when there is some, in the order in which they came."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.acquaintances.meeting import come_invited
from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.joining.admission import AlreadyAMember, Banned, admit
from app.joining.models import Invitation, JoinRequest
from app.joining.onward import gig_at
from billing.entitlements import room, when_room
from tenants.context import current_tenant_id
from tenants.isolation import scoped

_BATCH = 100


@when_room
def let_in_soon() -> None:
    """Look who waits: there may be room again."""
    let_in.enqueue(once="let in")


@job("joining.let_in")
def let_in() -> None:
    """Let in as many of those who wait as there is room for."""
    now = clock.now()
    waiting = (
        select(JoinRequest)
        .where(scoped(JoinRequest), JoinRequest.state == "asked", JoinRequest.way != "approval")
        .order_by(JoinRequest.asked_at, JoinRequest.id)
        .limit(_BATCH)
    )
    requests = list(db.session.scalars(waiting.with_for_update(skip_locked=True)))
    for request in requests:
        if room("members", now=now, lock=True) == 0:
            return
        _come_in(request, now=now)
    if len(requests) == _BATCH:
        let_in.enqueue()


def _come_in(request: JoinRequest, *, now: datetime) -> None:
    invitation = _invitation(request.invitation_id)
    inviter = invitation.invited_by if invitation else None
    roles = (invitation.role,) if invitation else ()
    user = db.session.get_one(User, request.user_id)
    try:
        member = admit(
            user, name=request.name, by=inviter, roles=roles, how=request.way, came_for=gig_at(request.onward)
        )
    except (AlreadyAMember, Banned):
        request.withdraw(now=now)
        return
    request.let_in(now=now)
    if invitation is not None and invitation.accepted_at is None:
        invitation.accepted_at, invitation.accepted_by = now, member.id
    if inviter is not None:
        come_invited(member.id, by=inviter, now=now)


def _invitation(invitation_id: UUID | None) -> Invitation | None:
    return db.session.get(Invitation, (current_tenant_id(), invitation_id)) if invitation_id else None
