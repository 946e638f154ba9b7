"""The ways out: leaving oneself, and what moderators may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.accounts import sessions
from app.activity.recording import last_fact
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import gettext as _
from app.departures.departure import ban, leave, lift_ban, remove
from app.departures.failures import StillNeeded
from app.departures.forms import Leaving, Pardon, Removal
from app.departures.obstacles import obstacles
from app.departures.queries import consequences
from app.people.endings import endings
from app.policies import BE_HERE, LIFT_BAN, REMOVE_MEMBER
from tenants.context import current_tenant_id, tenant
from tenants.isolation import scoped
from tenants.models import Member, Role

blueprint = Blueprint("departures", __name__, subdomain="hall")


@dataclass(frozen=True, slots=True)
class Subject:
    """The member it is about, with the names of their roles: what the policy asks for."""

    member: Member
    roles: Sequence[str]


def subject_or_404(member_id: UUID) -> Subject:
    """Return a member of whatever standing, with their roles.

    :raises NotFound: when this tenant has none of that id.
    """
    member = db.session.get(Member, (current_tenant_id(), member_id))
    if member is None:
        raise NotFound
    held = select(Role.role).where(scoped(Role), Role.member_id == member.id)
    return Subject(member, db.session.scalars(held).all())


@blueprint.get("/settings/departure")
@authorized(BE_HERE, before_rules=True)
def ask_departure() -> str:
    return _leaving_page(Leaving(), obstacles(current_member().id))


@blueprint.post("/settings/departure")
@authorized(BE_HERE, before_rules=True)
def departure() -> tuple[str, int] | Response:
    form, place = Leaving(), tenant.name
    if not form.validate_on_submit():
        return _leaving_page(form, obstacles(current_member().id)), 422
    try:
        leave(current_member(), now=clock.now())
    except StillNeeded as refusal:
        return _leaving_page(form, refusal.obstacles), refusal.status
    sessions.end(current_user.token)
    flash(_("You have left %(place)s. Thank you for having been here.", place=place))
    return redirect(url_for("halls.front"))


@blueprint.get("/desk/members/<uuid:member_id>/removal")
@authorized(REMOVE_MEMBER, load=subject_or_404)
def ask_removal(subject: Subject) -> str:
    return _removal_page(subject.member, Removal())


@blueprint.post("/desk/members/<uuid:member_id>/removal")
@authorized(REMOVE_MEMBER, load=subject_or_404)
def removal(subject: Subject) -> tuple[str, int] | Response:
    form, member = Removal(), subject.member
    if not form.validate_on_submit():
        return _removal_page(member, form), 422
    was_called = member.name
    end = ban if form.to.data == "banned" else remove
    end(member.id, by=current_member(), rule=form.rule.data, why=form.why.data, now=clock.now())
    flash(_("%(was_called)s is no longer a member. They are told why.", was_called=was_called))
    return redirect(url_for("people.show", member_id=member.id))


@blueprint.get("/desk/members/<uuid:member_id>/pardon")
@authorized(LIFT_BAN, load=subject_or_404)
def ask_pardon(subject: Subject) -> str:
    return _pardon_page(subject.member, Pardon())


@blueprint.post("/desk/members/<uuid:member_id>/pardon")
@authorized(LIFT_BAN, load=subject_or_404)
def pardon(subject: Subject) -> tuple[str, int] | Response:
    form = Pardon()
    if not form.validate_on_submit():
        return _pardon_page(subject.member, form), 422
    lift_ban(subject.member.id, by=current_member(), why=form.why.data, now=clock.now())
    flash(_("They can be invited again."))
    return redirect(url_for("people.show", member_id=subject.member.id))


def _leaving_page(form: Form, found: Any) -> str:
    told = consequences(current_member().id, of_own_will=True) if not found else []
    return render_template("departures/leaving.html", form_=form, obstacles=found, consequences=told)


def _removal_page(member: Member, form: Form) -> str:
    told = consequences(member.id, of_own_will=False)
    return render_template("departures/removal.html", member=member, form_=form, consequences=told)


def _pardon_page(member: Member, form: Form) -> str:
    ban = last_fact("member", member.id, "banned")
    return render_template("departures/pardon.html", member=member, form_=form, ban=ban, endings=endings(member.id))
