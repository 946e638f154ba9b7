"""How a person may come into a tenant: by an invitation, a link, their address's domain, an open door, or by asking."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select

from app.accounts.models import User
from app.acquaintances.meeting import come_invited
from app.activity.recording import record
from app.core.database import db
from app.core.errors import Forbidden
from app.core.languages import lazy_gettext as _l
from app.core.tokens import digest
from app.joining.admission import Banned, admit
from app.joining.models import Invitation, InvitationLink, InvitationOver, JoinRequest
from app.joining.rules import accept_rules
from billing.entitlements import room, take_room_for_member
from tenants.context import tenant
from tenants.isolation import scoped
from tenants.models import Member, Tenant

Way = Literal["invitation", "link", "domain", "open", "approval", "none"]


class NoWayIn(Forbidden):
    message = _l("This marketplace takes new members by invitation.")


class Removed(Forbidden):
    message = _l("Your membership here was ended. The way back is an invitation of your own: ask the leaders for one.")


@dataclass(frozen=True, slots=True)
class Door:
    """What stands before one person: the way that is open to them and what it asks."""

    way: Way
    questions: tuple[str, ...] = ()
    invitation: Invitation | None = None
    link: InvitationLink | None = None
    request: JoinRequest | None = None
    inviter: Member | None = None
    #: Nobody comes in at the moment: whoever would, waits for room.
    is_full: bool = False


def door_for(user: User | None, *, token: str | None, now: datetime) -> Door:
    """Return the best way in for a person (None while nobody signed in), who may hold an invitation's token.

    :raises Banned: when the person was banned here.
    :raises Removed: when the person was removed and has no invitation of their own.
    :raises InvitationOver: when the token belongs to an invitation that is over and no other way is open.
    """
    door = _door_for(user, token=token, now=now)
    if door.way in ("none", "approval"):
        return door
    waiting = _asked(user) if user is not None else None
    is_full = room("members", now=now) == 0
    return replace(door, request=waiting if waiting and waiting.waits_for_room else None, is_full=is_full)


def _door_for(user: User | None, *, token: str | None, now: datetime) -> Door:
    standing = _standing_of(user) if user is not None else None
    if standing == "banned":
        raise Banned
    settings = db.session.scalars(select(Tenant).where(Tenant.id == tenant.id)).one()
    invited = _by_token(token) if token else None
    if standing == "removed" and not isinstance(invited, Invitation):
        raise Removed
    elif invited is not None and invited.is_open(now=now):
        return _invited_door(invited)
    elif standing == "removed":
        raise Removed
    elif user is not None and _has_domain(user, settings.join_domains):
        return Door("domain")
    elif settings.who_may_join == "open":
        return Door("open")
    elif settings.who_may_join == "approval":
        return Door("approval", tuple(settings.join_questions), request=_asked(user) if user else None)
    elif token:
        raise InvitationOver
    else:
        return Door("none")


def come_in(user: User, door: Door, *, name: str, now: datetime) -> Member:
    """Return the new member who came through `door` and accepted the rules in force.

    :raises NoWayIn: when the door is closed, or only opens for a request.
    :raises HallFull: when there is no room, and nothing has changed: then they wait for it.
    """
    if door.way in ("none", "approval"):
        raise NoWayIn
    take_room_for_member(now=now)
    if door.request is not None:
        door.request.withdraw(now=now)
    if door.link is not None:
        locked = (
            select(InvitationLink).where(scoped(InvitationLink), InvitationLink.id == door.link.id).with_for_update()
        )
        db.session.scalars(locked.execution_options(populate_existing=True)).one().use(now=now)
    roles = (door.invitation.role,) if door.invitation else ()
    by = door.inviter.id if door.inviter else None
    member = admit(user, name=name, by=by, roles=roles, how=door.way)
    if door.invitation is not None:
        door.invitation.accept(member=member, now=now)
        if by is not None:
            come_invited(member.id, by=by, now=now)
    accept_rules(member, now=now)
    return member


def wait_for_room(user: User, door: Door, *, name: str, now: datetime, onward: str = "") -> JoinRequest:
    """Return the request of a person who would come in by `door`, and does so as soon as there is room. It counts as having
    come: an invitation or a link that ends meanwhile has not ended for them.

    :param onward: the page that they were on their way to.
    """
    if door.request is not None:
        return door.request
    request = JoinRequest(
        user_id=user.id,
        name=name,
        email=user.email,
        state="asked",
        asked_at=now,
        onward=onward,
        way=door.way,
        invitation_id=door.invitation.id if door.invitation else None,
    )
    db.session.add(request)
    db.session.flush()
    record("waits_for_room", request, by=None, kind="join_request", to="asked", name=name)
    return request


def ask_to_join(
    user: User, door: Door, *, name: str, answers: list[str], now: datetime, onward: str = ""
) -> JoinRequest:
    """Return the person's request with their answers; asking again returns the one that waits.

    :param onward: the page that they were on their way to.
    """
    if door.request is not None and door.request.state == "asked":
        return door.request
    request = JoinRequest(
        user_id=user.id,
        name=name,
        email=user.email,
        answers=[
            {"question": question, "answer": answer} for question, answer in zip(door.questions, answers, strict=True)
        ],
        state="asked",
        asked_at=now,
        onward=onward,
    )
    db.session.add(request)
    db.session.flush()
    record("asked_to_join", request, by=None, kind="join_request", to="asked", name=name)
    return request


def _by_token(token: str) -> Invitation | InvitationLink | None:
    invitation = db.session.scalars(
        select(Invitation).where(scoped(Invitation), Invitation.token_hash == digest(token)).with_for_update()
    ).one_or_none()
    return (
        invitation
        or db.session.scalars(
            select(InvitationLink).where(scoped(InvitationLink), InvitationLink.token == token)
        ).one_or_none()
    )


def _invited_door(invited: Invitation | InvitationLink) -> Door:
    if isinstance(invited, Invitation):
        return Door("invitation", invitation=invited, inviter=_member(invited.invited_by))
    else:
        return Door("link", link=invited, inviter=_member(invited.created_by))


def _member(member_id: UUID | None) -> Member | None:
    return db.session.get(Member, (tenant.id, member_id)) if member_id else None


def _asked(user: User) -> JoinRequest | None:
    return db.session.scalars(
        select(JoinRequest)
        .where(scoped(JoinRequest), JoinRequest.user_id == user.id)
        .order_by(JoinRequest.id.desc())
        .limit(1)
    ).one_or_none()


def _standing_of(user: User) -> str | None:
    """Return the standing of a person who is or was a member, as far as the tenant remembers them."""
    return db.session.scalars(select(Member.standing).where(scoped(Member), Member.user_id == user.id)).one_or_none()


def _has_domain(user: User, domains: list[str]) -> bool:
    # Only an address that its owner has proved opens a door by its domain.
    return user.email_verified_at is not None and user.email.rsplit("@", 1)[-1].lower() in {
        name.lower() for name in domains
    }
