"""Giving and taking the roles that hold in the whole tenant."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select

from app.accounts.models import User
from app.activity.recording import record
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from billing.entitlements import STAFF, take_room_for_staff
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member, Role
from tenants.versions import touch

HALL_ROLES = ("leader", "admin", "moderator", "manager", "customer", "recruiter")


class LastLeader(Conflict):
    message = _l("A marketplace needs a leader. Make somebody else a leader first.")


def hall_roles_of(member: Member) -> list[str]:
    """Return the roles that a member holds in the whole tenant."""
    return list(db.session.scalars(select(Role.role).where(_of(member)).order_by(Role.role)))


def give_roles(member: Member, roles: Iterable[str], *, by: Actor | None, why: str = "") -> None:
    """Let a member hold exactly these hall-wide roles.

    :param by: who decided it; None for the operators of the installation.
    :raises LastLeader: when the tenant would be without a leader.
    :raises StaffFull: when the marketplace's plan has no room for one more who looks after it.
    """
    wanted, held = set(roles), set(hall_roles_of(member))
    if by is not None and wanted.intersection(STAFF) and held.isdisjoint(STAFF):
        take_room_for_staff(now=clock.now())
    if "leader" in held - wanted:
        refuse_without_leader(member)
    taken, given = sorted(held - wanted), sorted(wanted - held)
    if taken:
        db.session.execute(delete(Role).where(_of(member), Role.role.in_(taken)))
    giver = by.id if by else None
    db.session.add_all(Role(member_id=member.id, role=role, granted_at=clock.now(), granted_by=giver) for role in given)
    if taken or given:
        record("changed_roles", member, by=by, why=why, given=given, taken=taken)
        touch("people")


def refuse_without_leader(member: Member) -> None:
    """Refuse when nobody but `member` leads the tenant. The leaders' roles stay locked, so that two cannot leave at once.

    :raises LastLeader: when it is so.
    """
    if is_only_leader(member.id, lock=True):
        raise LastLeader


def is_only_leader(member_id: UUID, *, lock: bool = False) -> bool:
    """Return whether nobody but this member leads the tenant; with `lock` that stays so until the transaction ends."""
    return set(leaders(lock=lock)) == {member_id}


def leaders(*, lock: bool = False) -> list[UUID]:
    """Return the ids of the members who lead the tenant; with `lock` they do until the transaction ends. Whose account is
    closed leads nothing.
    """
    leading = (
        select(Role.member_id)
        .join(Member, (Member.tenant_id == Role.tenant_id) & (Member.id == Role.member_id))
        .join(User, User.id == Member.user_id)
        .where(scoped(Role), Role.role == "leader", Member.standing == "active", User.disabled_at.is_(None))
        .order_by(Role.id)
    )
    return list(db.session.scalars(leading.with_for_update(of=Role) if lock else leading))


def _of(member: Member) -> object:
    return scoped(Role) & (Role.member_id == member.id) & Role.role.in_(HALL_ROLES)
