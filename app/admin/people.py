"""Members, their roles, and requests to join, as leaders see them."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.accounts.models import User
from app.admin.desk import blueprint
from app.admin.forms import Decision, Roles
from app.admin.queries import members_page, waiting_requests
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.joining.models import JoinRequest
from app.joining.roles import give_roles, hall_roles_of
from app.policies import MANAGE_MEMBERS, MANAGE_ROLES
from app.profiles.wording import HALL_ROLES
from billing.entitlements import HallFull, StaffFull, room
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

_PAGE = 50
_ROLE_NAMES = HALL_ROLES | {
    "category_leader": _l("Leader of a category"),
    "expert": _l("Expert"),
    "member": _l("Member"),
}

# Of several people: other languages tell them from one.
_STANDINGS = {
    "active": _lp("members", "Active"),
    "left": _lp("members", "Left"),
    "removed": _lp("members", "Removed"),
    "banned": _lp("members", "Banned"),
}


def member_or_404(member_id: UUID) -> Member:
    """Return a member of whatever standing.

    :raises NotFound: when this tenant has none of that id.
    """
    member = db.session.get(Member, (current_tenant_id(), member_id))
    if member is None:
        raise NotFound
    return member


def request_or_404(request_id: UUID) -> JoinRequest:
    """Return a request to join, locked until this request ends.

    :raises NotFound: when this tenant has none of that id.
    """
    found = db.session.scalars(
        select(JoinRequest).where(scoped(JoinRequest), JoinRequest.id == request_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


@blueprint.get("/members")
@authorized(MANAGE_MEMBERS)
def members() -> str:
    standing = request.args.get("standing", "active")
    words = request.args.get("q", "")[:80].replace("\0", "")
    rows = members_page(words=words, standing=standing if standing in _STANDINGS else "active", after=_after())
    more = rows[-2] if len(rows) > _PAGE else None
    return render_template(
        "admin/members.html",
        rows=rows[:_PAGE],
        more=more,
        words=words,
        standing=standing,
        standings=_STANDINGS,
        names_of=_names_of,
    )


def _names_of(held: list[str] | None) -> str:
    return ", ".join(dict.fromkeys(str(_ROLE_NAMES[role]) for role in held or ["member"]))


@blueprint.get("/members/<uuid:member_id>/roles")
@authorized(MANAGE_ROLES, load=member_or_404)
def roles(member: Member) -> str:
    return _roles_page(member, Roles(data={"roles": hall_roles_of(member)}))


@blueprint.post("/members/<uuid:member_id>/roles")
@authorized(MANAGE_ROLES, load=member_or_404)
def save_roles(member: Member) -> tuple[str, int] | Response:
    form = Roles()
    if not form.validate_on_submit():
        return _roles_page(member, form), 422
    try:
        give_roles(member, form.roles.data, by=current_member())
    except StaffFull as full:
        form.refuse("roles", full.message)
        return _roles_page(member, form), 422
    flash(_("%(name)s's roles are saved.", name=member.name))
    return redirect(url_for("admin.members"))


@blueprint.get("/requests")
@authorized(MANAGE_MEMBERS)
def requests() -> str:
    return _requests_page(Decision())


@blueprint.post("/requests/<uuid:request_id>/approval")
@authorized(MANAGE_MEMBERS, load=request_or_404)
def approve(found: JoinRequest) -> Response:
    try:
        member = found.approve(db.session.get_one(User, found.user_id), by=current_member(), now=clock.now())
        flash(_("%(name)s is a member now.", name=member.name))
    except HallFull as full:
        flash(full.message, "warning")
    return redirect(url_for("admin.requests"))


@blueprint.post("/requests/<uuid:request_id>/refusal")
@authorized(MANAGE_MEMBERS, load=request_or_404)
def refuse(found: JoinRequest) -> tuple[str, int] | Response:
    form = Decision()
    if not form.validate_on_submit():
        return _requests_page(form, about=found), 422
    found.refuse(by=current_member(), why=form.reason.data, now=clock.now())
    flash(_("%(name)s is told.", name=found.name))
    return redirect(url_for("admin.requests"))


def _after() -> tuple[str, UUID] | None:
    name, member_id = request.args.get("name"), request.args.get("id", type=UUID)
    return (name.replace("\0", ""), member_id) if name and member_id else None


def _roles_page(member: Member, form: Form) -> str:
    return render_template("admin/roles.html", member=member, form_=form)


def _requests_page(form: Form, about: JoinRequest | None = None) -> str:
    is_full = room("members", now=clock.now()) == 0
    return render_template("admin/requests.html", requests=waiting_requests(), form_=form, about=about, is_full=is_full)
