"""Inviting people: by e-mail and by links to pass on."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.admin.desk import blueprint
from app.admin.forms import NewInvitations, NewLink
from app.admin.queries import invitations, links
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.limits import allow
from app.joining.models import Invitation, InvitationLink
from app.joining.tokens import new_link_token
from app.policies import INVITE
from tenants.context import current_tenant_id, tenant
from tenants.links import hall_url


def invitation_or_404(invitation_id: UUID) -> Invitation:
    """:raises NotFound: when this tenant has none of that id."""
    found = db.session.get(Invitation, (current_tenant_id(), invitation_id), with_for_update=True)
    if found is None:
        raise NotFound
    return found


def link_or_404(link_id: UUID) -> InvitationLink:
    """:raises NotFound: when this tenant has none of that id."""
    found = db.session.get(InvitationLink, (current_tenant_id(), link_id), with_for_update=True)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/invitations")
@authorized(INVITE)
def invitation_list() -> str:
    return _page()


@blueprint.post("/invitations")
@authorized(INVITE)
def invite() -> tuple[str, int] | Response:
    form = NewInvitations()
    if not form.validate_on_submit():
        return _page(invite=form), 422
    allow("invitations", str(current_tenant_id()), limit=300, per=timedelta(days=1))
    addresses = form.people
    for address in addresses:
        Invitation.send(address, by=current_member(), note=form.note.data or "", now=clock.now())
    flash(
        _("The invitation is on its way.")
        if len(addresses) == 1
        else _("%(addresses)s invitations are on their way.", addresses=len(addresses))
    )
    return redirect(url_for("admin.invitation_list"))


@blueprint.post("/invitations/<uuid:invitation_id>/revocation")
@authorized(INVITE, load=invitation_or_404)
def revoke(invitation: Invitation) -> Response:
    invitation.revoke(by=current_member(), now=clock.now())
    flash(_("The invitation to %(email)s no longer works.", email=invitation.email))
    return redirect(url_for("admin.invitation_list"))


@blueprint.post("/links")
@authorized(INVITE)
def new_link() -> tuple[str, int] | Response:
    form = NewLink()
    if not form.validate_on_submit():
        return _page(link=form), 422
    link = InvitationLink(
        token=new_link_token(),
        note=form.note.data or "",
        uses_left=form.uses.data,
        created_by=current_member().id,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=form.days.data),
    )
    db.session.add(link)
    flash(_("Your link is ready. Copy it and pass it on."))
    return redirect(url_for("admin.invitation_list"))


@blueprint.post("/links/<uuid:link_id>/renewal")
@authorized(INVITE, load=link_or_404)
def renew_link(link: InvitationLink) -> Response:
    link.renew(uses=max(link.uses_left, 10), until=clock.now() + timedelta(days=30), by=current_member())
    flash(_("The link works for another 30 days."))
    return redirect(url_for("admin.invitation_list"))


@blueprint.post("/links/<uuid:link_id>/revocation")
@authorized(INVITE, load=link_or_404)
def revoke_link(link: InvitationLink) -> Response:
    link.revoke(by=current_member(), now=clock.now())
    flash(_("The link no longer works."))
    return redirect(url_for("admin.invitation_list"))


def _page(**forms: Any) -> str:
    now = clock.now()
    shown = [
        (link, hall_url(tenant, "joining.invitation", token=link.token), link.is_open(now=now)) for link in links()
    ]
    return render_template(
        "admin/invitations.html",
        invite=forms.get("invite") or NewInvitations(formdata=None),
        link=forms.get("link") or NewLink(formdata=None, data={"uses": 20, "days": 30}),
        links=shown,
        **{f"{name}_invitations": rows for name, rows in invitations(now=now).items()},
    )
