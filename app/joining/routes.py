"""The door of a tenant: invitations, joining, asking, and the rules."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.accounts.models import User
from app.authorization import authorized, current_member, public, signed_in_person
from app.core import clock
from app.core.database import db
from app.core.forms import Form
from app.core.languages import gettext as _
from app.core.local import local_path
from app.joining.forms import ComingIn, asking_form
from app.joining.models import JoinRequest
from app.joining.onward import door_to, onward_here
from app.joining.rules import accept_rules, all_rules, rules_in_force
from app.joining.ways_in import Door, ask_to_join, come_in, door_for, wait_for_room
from app.policies import BE_HERE
from billing.entitlements import HallFull
from tenants.context import current_tenant_id, member_or_none, person_id_or_none, tenant
from tenants.models import Member

blueprint = Blueprint("joining", __name__, subdomain="hall")

_TOKEN = "invitation"


@blueprint.get("/invitations/<token>")
@public
def invitation(token: str) -> Response:
    """Keep the invitation while its holder signs in, and go to the door."""
    session[_TOKEN] = token[:100]
    return redirect(door_to(local_path(request.args.get("onward"))))


@blueprint.get("/join")
@public
def join() -> str | Response:
    if member_or_none() is not None:
        return redirect(onward_here())
    person = _person()
    door = door_for(person, token=session.get(_TOKEN), now=clock.now())
    return _door_page(door, person, _form(door, person))


@blueprint.post("/memberships")
@signed_in_person
def membership() -> tuple[str, int] | Response:
    if member_or_none() is not None:
        # Sent twice, or from another tab.
        return redirect(onward_here())
    person = _person()
    if person is None or person.email_verified_at is None:
        return redirect(url_for("accounts.enter", onward=door_to(onward_here())))
    door = door_for(person, token=session.get(_TOKEN), now=clock.now())
    form = _form(door, person)
    if not form.validate_on_submit():
        return _door_page(door, person, form), 422
    session.pop(_TOKEN, None)
    if door.way == "approval":
        answers = [form[f"answer_{number}"].data for number in range(len(door.questions))]
        ask_to_join(person, door, name=form["name"].data, answers=answers, now=clock.now(), onward=onward_here())
        return redirect(door_to(onward_here()))
    try:
        come_in(person, door, name=form["name"].data, now=clock.now())
    except HallFull:
        wait_for_room(person, door, name=form["name"].data, now=clock.now(), onward=onward_here())
        return redirect(door_to(onward_here()))
    flash(_("Welcome to %(name)s.", name=tenant.name))
    return redirect(onward_here())


@blueprint.post("/join-requests/withdrawal")
@signed_in_person
def withdrawal() -> Response:
    door = door_for(_person(), token=None, now=clock.now())
    if door.request is not None:
        door.request.withdraw(now=clock.now())
        flash(_("You took your request back."))
    return redirect(door_to(onward_here()))


@blueprint.get("/rules")
@public
def rules() -> str:
    return render_template("joining/rules.html", rules=rules_in_force(), versions=all_rules())


@blueprint.get("/rules/acceptance")
@authorized(BE_HERE, before_rules=True)
def rules_acceptance() -> str:
    return render_template(
        "joining/acceptance.html", rules=rules_in_force(), onward=local_path(request.args.get("onward"))
    )


@blueprint.post("/rules/acceptance")
@authorized(BE_HERE, before_rules=True)
def accept() -> Response:
    member = db.session.get_one(Member, (current_tenant_id(), current_member().id))
    accept_rules(member, now=clock.now())
    return redirect(local_path(request.form.get("onward")))


def _person() -> User | None:
    person_id = person_id_or_none()
    return db.session.get(User, person_id) if person_id else None


def _form(door: Door, person: User | None) -> Form:
    name = (door.invitation.name if door.invitation else "") or (person.name if person else "")
    kind = asking_form(door.questions) if door.way == "approval" else ComingIn
    return kind(data={"name": name})


def _door_page(door: Door, person: User | None, form: Form) -> str:
    waiting: JoinRequest | None = door.request if door.request and door.request.state in ("asked", "refused") else None
    onward = onward_here()
    return render_template(
        "joining/join.html",
        door=door,
        person=person,
        form_=form,
        waiting=waiting,
        rules=rules_in_force(),
        onward=onward if onward != url_for("halls.front") else "",
        here=door_to(onward),
    )
