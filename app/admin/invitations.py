"""Inviting people: by e-mail and by links to pass on."""

from collections.abc import Iterable
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
from app.gigs.loading import NoSuchGig, gig_or_404
from app.gigs.models import Gig
from app.joining.models import Invitation, InvitationLink
from app.joining.tokens import new_link_token
from app.policies import INVITE
from tenants.context import current_tenant_id


def invitation_or_404(invitation_id: UUID) -> Invitation:
    """:raises NotFound: when this tenant has none of that id."""
    found = db.session.get(Invitation, (current_tenant_id(), invitation_id), with_for_update=True)
    if found is None:
        raise NotFound
    return found


def open_gig_or_404(gig_id: UUID) -> Gig:
    """:raises NoSuchGig: when there is none that whoever is here may see, or it is not open."""
    gig = gig_or_404(gig_id)
    if not gig.is_open:
        raise NoSuchGig
    return gig


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
    _make_link(form)
    return redirect(url_for("admin.invitation_list"))


@blueprint.get("/invitations/gigs/<uuid:gig_id>")
@authorized(INVITE, load=open_gig_or_404)
def to_gig(gig: Gig) -> str:
    return _gig_page(gig, NewLink(formdata=None, data={"uses": 1, "days": 30}))


@blueprint.post("/invitations/gigs/<uuid:gig_id>")
@authorized(INVITE, load=open_gig_or_404)
def new_link_to_gig(gig: Gig) -> tuple[str, int] | Response:
    """Make a link by which somebody comes in and stands before a gig."""
    form = NewLink()
    if not form.validate_on_submit():
        return _gig_page(gig, form), 422
    _make_link(form, note=gig.title, onward=url_for("gigs.show", gig_id=gig.id))
    return redirect(url_for("admin.to_gig", gig_id=gig.id, _anchor="links"))


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


def _make_link(form: NewLink, *, note: str = "", onward: str = "") -> None:
    now = clock.now()
    db.session.add(
        InvitationLink(
            token=new_link_token(),
            note=form.note.data or note,
            onward=onward,
            uses_left=form.uses.data,
            created_by=current_member().id,
            created_at=now,
            expires_at=now + timedelta(days=form.days.data),
        )
    )
    flash(_("Your link is ready. Copy it and pass it on."))


def _gig_page(gig: Gig, form: NewLink) -> str:
    made = links(url_for("gigs.show", gig_id=gig.id))
    return render_template("admin/gig_invitation.html", gig=gig, link=form, links=_with_standing(made))


def _with_standing(made: Iterable[InvitationLink]) -> list[tuple[InvitationLink, bool]]:
    now = clock.now()
    return [(link, link.is_open(now=now)) for link in made]


def _page(**forms: Any) -> str:
    now = clock.now()
    return render_template(
        "admin/invitations.html",
        invite=forms.get("invite") or NewInvitations(formdata=None),
        link=forms.get("link") or NewLink(formdata=None, data={"uses": 20, "days": 30}),
        links=_with_standing(links()),
        **{f"{name}_invitations": rows for name, rows in invitations(now=now).items()},
    )
