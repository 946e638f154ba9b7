"""A person becomes a member."""

from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy import select

from app.accounts import sessions
from app.accounts.models import Tribe, User
from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict, Forbidden
from app.core.languages import lazy_gettext as _l
from billing.entitlements import take_room_for_member
from tenants.context import Actor, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.versions import touch
from themes.drawing import hue

#: Called with the new member and their account; features above add what they know of the person.
Welcome = Callable[[Member, User], None]

_welcomes: list[Welcome] = []


def when_admitted(welcome: Welcome) -> Welcome:
    """Have a function called for everybody who becomes a member, in the same transaction."""
    _welcomes.append(welcome)
    return welcome


class AlreadyAMember(Conflict):
    message = _l("You are a member here already.")


class Banned(Forbidden):
    message = _l("The leaders of this marketplace have closed it to you.")


def admit(
    user: User,
    *,
    name: str,
    by: Actor | UUID | None = None,
    roles: Iterable[str] = (),
    how: str = "open",
    came_for: UUID | None = None,
) -> Member:
    """Return the new member; whoever was removed before comes back as the same member, with nothing kept of them but what
    others share with them.

    :param how: the way in, kept with the fact: `open`, `approval`, `invitation`, `link`, `domain`, `founder`, `import`.
    :param came_for: the id of the gig that brought them here, if any; kept with the fact.
    :raises AlreadyAMember: when the person is an active member.
    :raises Banned: when the person was banned.
    :raises HallFull: when the marketplace's plan has no room for another member.
    """
    member = _known(user)
    if how != "founder" and (member is None or member.standing not in ("active", "banned")):
        take_room_for_member(now=clock.now())
    if member is None:
        member = Member(user_id=user.id, name=name, hue=hue(name), time_zone=user.time_zone, joined_at=clock.now())
        db.session.add(member)
    else:
        _come_back(member, user, name)
    db.session.flush()
    db.session.add(Tribe(tenant_id=current_tenant_id(), member_id=member.id, user_id=user.id, joined_at=clock.now()))
    db.session.add_all(
        Role(member_id=member.id, role=role, granted_at=clock.now()) for role in roles if role != "member"
    )
    sessions.join(user_id=user.id, member_id=member.id)
    wanted = {"gig_id": came_for} if came_for else {}
    record("joined", member, by=by or member.id, to="active", how=how, **wanted)
    touch("people")
    for welcome in _welcomes:
        welcome(member, user)
    return member


def _known(user: User) -> Member | None:
    return db.session.scalars(
        select(Member).where(scoped(Member), Member.user_id == user.id).with_for_update()
    ).one_or_none()


def _come_back(member: Member, user: User, name: str) -> None:
    if member.standing == "active":
        raise AlreadyAMember
    elif member.standing == "banned":
        raise Banned
    else:
        member.name, member.hue, member.time_zone = name, hue(name), user.time_zone
        member.standing, member.standing_reason, member.standing_changed_at = "active", "", clock.now()
