"""Giving duties of a category to somebody for a time, and taking them back."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import record
from app.categories.cut_short import when_cut_short
from app.categories.dissolving import when_dissolved
from app.categories.models import Category
from app.categories.offices import TermOfOffice, hold_unbanned
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict, Invalid
from app.core.languages import lazy_gettext as _l
from app.core.timers import day_of
from tenants.context import Actor, current_tenant_id
from tenants.duties import DUTIES, Delegation, in_force
from tenants.isolation import scoped
from tenants.models import Member, Role, Tenant
from tenants.offices import in_office
from tenants.versions import touch


class NothingToDelegate(Invalid):
    message = _l("Choose at least one duty.")


class TooLong(Invalid):
    message = _l("Duties end today at the earliest, and not after your own term.")


class LeadsAlready(Conflict):
    message = _l("They lead this category, and may do all of that already.")


class TakenBack(Conflict):
    message = _l("This is over already.")


def delegate(
    category: Category, member: Member, duties: Collection[str], *, ends_on: date, by: Actor, now: datetime
) -> Delegation:
    """Give somebody duties of a category until the end of a day; what they had of it before gives way to that.

    :raises NothingToDelegate: without a duty.
    :raises TooLong: when it would end before today, or after the term of whoever gives it.
    :raises LeadsAlready: when they lead the category.
    :raises BannedThere: when they are kept from it.
    """
    chosen = [duty for duty in DUTIES if duty in duties]
    zone = db.session.get_one(Tenant, current_tenant_id()).time_zone
    until, own_end = clock.end_of_day(ends_on, zone), _own_end(category.id, by)
    if not chosen:
        raise NothingToDelegate
    elif ends_on < day_of(now, zone) or (own_end is not None and until > own_end):
        raise TooLong
    elif _leads(category.id, member.id):
        raise LeadsAlready
    hold_unbanned(category, member, now=now)
    before = select(Delegation).where(
        scoped(Delegation),
        Delegation.member_id == member.id,
        Delegation.category_id == category.id,
        Delegation.ended_at.is_(None),
    )
    for one in db.session.scalars(before.with_for_update()):
        one.ended_at = now
    delegation = Delegation(
        member_id=member.id, category_id=category.id, duties=chosen, given_by=by.id, given_at=now, ends_on=ends_on,
        until=until, ended_at=None,
    )  # fmt: skip
    db.session.add(delegation)
    db.session.flush()
    _note("delegate", delegation, by, category)
    return delegation


def take_back(delegation: Delegation, *, by: Actor, now: datetime) -> None:
    """Let duties be over now.

    :raises TakenBack: when they are already.
    """
    db.session.refresh(delegation, with_for_update=True)
    if delegation.ended_at is not None or delegation.until <= now:
        raise TakenBack
    delegation.ended_at = now
    _note("take_back", delegation, by, db.session.get_one(Category, (current_tenant_id(), delegation.category_id)))


def delegations_in(category_id: UUID, *, now: datetime) -> list[Delegation]:
    """Return what is delegated in a category at this moment, the longest first."""
    found = select(Delegation).where(scoped(Delegation), Delegation.category_id == category_id, in_force(now))
    return list(db.session.scalars(found.order_by(Delegation.given_at, Delegation.id).limit(100)))


def on_duty_in(category_id: UUID, *, now: datetime) -> set[UUID]:
    """Return who has any duty in a category at this moment."""
    found = select(Delegation.member_id).where(scoped(Delegation), Delegation.category_id == category_id, in_force(now))
    return set(db.session.scalars(found))


def has_duty(member_id: UUID, duty: str, category_id: UUID | None, *, now: datetime) -> bool:
    """Return whether somebody has a duty in a category at this moment, whoever asks."""
    theirs = (Delegation.member_id == member_id, Delegation.category_id == category_id, in_force(now))
    found = db.session.scalars(select(Delegation.duties).where(scoped(Delegation), *theirs))
    return any(duty in duties for duties in found)


def _note(verb: str, delegation: Delegation, by: Actor, category: Category) -> None:
    record(
        verb, delegation, by=by, kind="duty", title=category.name, member_id=delegation.member_id,
        given_by=delegation.given_by, duties=list(delegation.duties), until=delegation.until.isoformat(),
        category_id=category.id,
    )  # fmt: skip
    touch("people")


def _own_end(category_id: UUID, by: Actor) -> datetime | None:
    """Return when the power ends of whoever delegates; None where it has no end, or is the marketplace's."""
    if by.has_role("leader", "admin"):
        return None
    held = select(Role.until).where(
        scoped(Role), Role.member_id == by.id, Role.role == "category_leader", Role.category_id == category_id
    )
    return db.session.scalars(held.where(in_office())).one()


def _leads(category_id: UUID, member_id: UUID) -> bool:
    held = select(Role.id).where(
        scoped(Role), Role.member_id == member_id, Role.role == "category_leader", Role.category_id == category_id
    )
    return db.session.scalars(held.where(in_office())).first() is not None


@when_dissolved
def _end_duties(category: Category, _into: Category, _by: Actor) -> None:
    # Duties are of this field of work; whoever leads the other gives theirs anew.
    running = select(Delegation).where(
        scoped(Delegation), Delegation.category_id == category.id, Delegation.ended_at.is_(None)
    )
    now = clock.now()
    for one in db.session.scalars(running):
        one.ended_at = now


@when_cut_short
def _end_what_they_gave(term: TermOfOffice, now: datetime) -> None:
    # Else it would be in force again as soon as they are appointed anew.
    if term.office != "category_leader" or _leads_the_marketplace(term.member_id):
        return
    zone = db.session.get_one(Tenant, current_tenant_id()).time_zone
    given = select(Delegation).where(
        scoped(Delegation),
        Delegation.given_by == term.member_id,
        Delegation.category_id == term.category_id,
        Delegation.ended_at.is_(None),
    )
    for one in db.session.scalars(given):
        if not term.is_running:
            one.ended_at = now
        elif term.ends_on is not None and term.ends_on < one.ends_on:
            one.ends_on, one.until = term.ends_on, clock.end_of_day(term.ends_on, zone)


def _leads_the_marketplace(member_id: UUID) -> bool:
    held = select(Role.id).where(scoped(Role), Role.member_id == member_id, Role.role.in_(("leader", "admin")))
    return db.session.scalars(held.where(in_office())).first() is not None
