"""Memberships that cost nothing: a leader gives one to a member, until a day or for good, and says why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.access.blueprint import blueprint
from app.access.forms import Giving
from app.access.queries import tiers_to_name
from app.activity.recording import last_fact, record
from app.admin.people import member_or_404
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.timers import day_of
from app.memberships.models import Membership, Tier
from app.policies import MANAGE_MONEY
from tenants.context import Actor, current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Member

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Given:
    """A membership that a member has, as the leader's page shows it: until which day, None for good."""

    id: UUID
    tier: str
    source: str
    until: date | None
    why: str
    can_be_taken: bool


def give(tier: Tier, member: Member, *, until: date | None, why: str, by: Actor, now: datetime) -> Membership:
    """Give a member a membership until the end of a day, or for good; return it. They read why."""
    given = Membership(member_id=member.id, tier_id=tier.id, source="complimentary")
    db.session.add(given)
    given.begin(now=now, until=clock.end_of_day(until, tenant.time_zone) if until else None)
    ends = {"until": given.paid_until.isoformat()} if given.paid_until else {}
    record("give", given, by=by, kind="membership", why=why, tier=tier.id, **ends)
    return given


def given_membership_or_404(member_id: UUID, membership_id: UUID) -> Membership:
    """Return a membership that a member was given and has, locked until this request ends.

    :raises NotFound: when there is none; what somebody pays for is not for others to take.
    """
    found = select(Membership).where(
        scoped(Membership),
        Membership.id == membership_id,
        Membership.member_id == member_id,
        Membership.source == "complimentary",
        Membership.state != "ended",
    )
    given = db.session.scalars(found.with_for_update()).one_or_none()
    if given is None:
        raise NotFound
    return given


@blueprint.get("/desk/members/<uuid:member_id>/membership")
@authorized(MANAGE_MONEY, load=member_or_404)
def of_member(member: Member) -> str:
    return _page(member, Giving())


@blueprint.post("/desk/members/<uuid:member_id>/membership")
@authorized(MANAGE_MONEY, load=member_or_404)
def give_to(member: Member) -> tuple[str, int] | Response:
    form = Giving()
    if not member.is_active:
        raise NotFound
    elif not form.validate_on_submit():
        return _page(member, form), 422
    tier = db.session.get_one(Tier, (current_tenant_id(), UUID(form.tier.data)))
    give(tier, member, until=form.until.data, why=form.why.data, by=current_member(), now=clock.now())
    flash(_("%(name)s has it from now on.", name=member.name))
    return redirect(url_for(".of_member", member_id=member.id))


@blueprint.post("/desk/members/<uuid:member_id>/membership/<uuid:membership_id>/end")
@authorized(MANAGE_MONEY, load=given_membership_or_404)
def take_back(membership: Membership) -> Response:
    membership.end(now=clock.now())
    flash(_("It has ended. Nothing else of theirs has changed."))
    return redirect(url_for(".of_member", member_id=membership.member_id))


def _page(member: Member, form: Giving) -> str:
    return render_template(
        "access/giving.html", member=member, form_=form, having=_having(member.id), has_tiers=bool(tiers_to_name())
    )


def _having(member_id: UUID) -> list[Given]:
    rows = db.session.execute(
        select(Membership, Tier.name)
        .join(Tier, (Tier.tenant_id == Membership.tenant_id) & (Tier.id == Membership.tier_id))
        .where(scoped(Membership), Membership.member_id == member_id, Membership.state != "ended")
        .order_by(Membership.began_at, Membership.id)
    )
    return [_shown(row.Membership, row.name) for row in rows if row.Membership.gives_access(now=clock.now())]


def _shown(membership: Membership, tier: str) -> Given:
    fact = last_fact("membership", membership.id, "give")
    ends = None if membership.renews else membership.paid_until
    # It ends with the first moment of the next day; people name the last day itself.
    until = day_of(ends - _INSTANT, tenant.time_zone) if ends else None
    return Given(
        membership.id, tier, membership.source, until, fact.reason if fact else "", membership.source == "complimentary"
    )
