"""What a marketplace's plan has room for, asked where something is added: under a lock, so that two never take the last place.

Nothing that is there is ever taken away: over a quota nothing more comes in, and that is all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l
from app.core.store import watch
from billing.plan_accounts import living_subscription
from billing.plans import FREE, Plan, Quotas, What
from billing.storage import is_kept, note_forgotten, note_kept, stored_bytes
from tenants.context import current_tenant_id, tenant_id_or_none
from tenants.isolation import scoped
from tenants.models import Member, Role

#: The roles that make somebody staff, however many of them one holds.
STAFF = ("leader", "admin", "moderator")

#: Called when there may be room again for what waits.
Waiter = Callable[[], None]

_waiters: list[Waiter] = []
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


class NoRoom(Conflict):
    """The plan has no room for more; what was asked for waits, or can be asked for again."""

    message = _l("The plan of this marketplace has no room for this. Its leaders can change it.")


class HallFull(NoRoom):
    message = _l(
        "There is no room for another member at the moment. Whoever asks to come in waits, and nothing is lost."
    )


class StaffFull(NoRoom):
    message = _l(
        "Your plan has no room for another leader, admin or moderator. Change it under Money, or ask one to step back."
    )


class StorageFull(Invalid):
    message = _l(
        "There is no room for more pictures and files at the moment. The leaders of this marketplace can change that."
    )


@dataclass(frozen=True, slots=True)
class Usage:
    """What is used: people, staff, and bytes of pictures and files."""

    members: int
    staff: int
    storage: int

    def exceeds(self, quotas: Quotas) -> tuple[What, ...]:
        """Return of what there is more than some quotas have room for."""
        whats: tuple[What, ...] = ("members", "staff", "storage")
        return tuple(what for what in whats if (most := quotas.of(what)) is not None and getattr(self, what) > most)


def current_plan(*, now: datetime) -> Plan:
    """Return the plan that the tenant in force has at a moment."""
    subscription = living_subscription()
    return subscription.gives(now=now) if subscription is not None else FREE


def application_fee_points(plan: Plan | None = None) -> int:
    """Return what the platform keeps of what is sold with a plan (by default the tenant's own), in hundredths of a percent: as
    the plan has it, unless whoever runs the installation set one for all.
    """
    fixed = config().membership_fee
    return int((plan or current_plan(now=clock.now())).fee * 100) if fixed is None else fixed


def usage() -> Usage:
    """Return what the tenant in force uses."""
    return Usage(_count("members"), _count("staff"), _count("storage"))


def room(what: What, *, now: datetime, lock: bool = False) -> int | None:
    """Return for how many more there is room (never less than none), or None where there is no end to it. With `lock` nobody
    else adds any until this transaction ends.
    """
    if lock:
        db.session.flush()
        db.session.execute(_LOCK, {"name": f"{what} of {current_tenant_id()}"})
    most = current_plan(now=now).quotas.of(what)
    return None if most is None else max(0, most - _count(what))


def take_room_for_member(*, now: datetime) -> None:
    """Keep a place for one more member until this transaction ends.

    :raises HallFull: when there is none.
    """
    if room("members", now=now, lock=True) == 0:
        raise HallFull


def take_room_for_staff(*, now: datetime) -> None:
    """Keep a place for one more leader, admin or moderator until this transaction ends.

    :raises StaffFull: when there is none.
    """
    if room("staff", now=now, lock=True) == 0:
        raise StaffFull


def keep_room_for(key: str, size: int) -> None:
    """Note bytes that are about to be kept under a key.

    :raises StorageFull: when there is no room for them.
    """
    if tenant_id_or_none() is None or is_kept(key):
        return
    left = room("storage", now=clock.now(), lock=True)
    if left is not None and size > left:
        raise StorageFull
    note_kept(key, size)


def let_go(key: str) -> None:
    """Note that what lay under a key is gone."""
    if tenant_id_or_none() is not None:
        note_forgotten(key)


watch(keep_room_for, let_go)


def when_room(waiter: Waiter) -> Waiter:
    """Have a function called, in the same transaction, when there may be room for what waits."""
    _waiters.append(waiter)
    return waiter


def room_appeared() -> None:
    """Say that there may be room again: somebody left, or the plan is another."""
    for waiter in _waiters:
        waiter()


def _count(what: What) -> int:
    if what == "members":
        counted = select(func.count()).select_from(Member).where(scoped(Member), Member.standing == "active")
    elif what == "staff":
        counted = (
            select(func.count(Role.member_id.distinct()))
            .join(Member, (Member.tenant_id == Role.tenant_id) & (Member.id == Role.member_id))
            .where(scoped(Role), Role.role.in_(STAFF), Member.standing == "active")
        )
    else:
        return stored_bytes()
    return int(db.session.execute(counted).scalar_one())
