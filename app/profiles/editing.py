"""Telling about oneself: an outline of the profile, and a page for each of its sections."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock, limits, pictures
from app.core.errors import Invalid
from app.core.forms import Form
from app.core.languages import gettext as _
from app.core.pictures import Picture
from app.policies import BE_HERE
from app.profiles import wording
from app.profiles.appearance import own_member, show_face
from app.profiles.blueprint import blueprint
from app.profiles.forms import Face
from app.profiles.models import Profile
from app.profiles.queries import own_profile
from app.profiles.sections import SECTIONS
from tenants.context import current_tenant_id, tenant

_ANY = f"<any({', '.join(SECTIONS)}):name>"


@blueprint.get("")
@authorized(BE_HERE)
def outline() -> str:
    own, today = own_profile(current_member().id), clock.today(tenant.time_zone)
    return render_template(
        "profiles/outline.html",
        own=own,
        row=own.row,
        said=wording,
        availability=wording.availability(own.row, today),
        coming=wording.coming_vacation(own.row, today),
    )


@blueprint.get(f"/{_ANY}")
@authorized(BE_HERE)
def section(name: str) -> str:
    part = SECTIONS[name]
    return _section_page(name, part.form(data=part.shown(own_profile(current_member().id))))


@blueprint.post(f"/{_ANY}")
@authorized(BE_HERE)
def save(name: str) -> tuple[str, int] | Response:
    me, part = current_member(), SECTIONS[name]
    form = part.form()
    if not form.validate_on_submit():
        return _section_page(name, form), 422
    part.save(form, Profile.of(me.id), me, clock.now())
    return _saved()


@blueprint.post("/time/confirmation")
@authorized(BE_HERE)
def confirmation() -> Response:
    """Say that the hours once given are still true."""
    profile = Profile.of(current_member().id)
    profile.confirm_hours(on=clock.today(tenant.time_zone), now=clock.now())
    flash(_("Thank you. Everybody sees that it is still true."))
    return redirect(url_for(".outline"))


@blueprint.post("/time/return")
@authorized(BE_HERE)
def comeback() -> Response:
    """Be back from a vacation, or take it back."""
    Profile.of(current_member().id).come_back(now=clock.now())
    flash(_("You are back."))
    return redirect(url_for(".outline"))


@blueprint.get("/picture")
@authorized(BE_HERE)
def picture() -> str:
    return _picture_page(Face())


@blueprint.post("/picture")
@authorized(BE_HERE)
def save_picture() -> tuple[str, int] | Response:
    form = Face()
    kept = kept_picture(form) if form.validate_on_submit() else None
    if kept is None:
        return _picture_page(form), 422
    show_face(own_member(current_member().id), kept)
    return _saved()


@blueprint.post("/picture/removal")
@authorized(BE_HERE)
def picture_removal() -> Response:
    show_face(own_member(current_member().id), None)
    flash(_("Your picture is gone; your initials stand in its place."))
    return redirect(url_for(".outline"))


def kept_picture(form: Form) -> Picture | None:
    """Return the picture that a valid form brought, re-encoded and kept; None when it brought none, or one that cannot be
    used: then the form says why.
    """
    me, upload = current_member(), form["picture"].data
    if upload is None:
        return None
    limits.allow("pictures", str(me.id), limit=60, per=timedelta(hours=1))
    try:
        return pictures.keep(upload, tenant_id=current_tenant_id(), owner=str(me.id))
    except Invalid as refusal:
        form.refuse("picture", refusal.message)
        return None


def _saved() -> Response:
    flash(_("Saved."))
    return redirect(url_for(".outline"))


def _section_page(name: str, form: Form) -> str:
    return render_template(
        "profiles/section.html",
        name=name,
        part=SECTIONS[name],
        form_=form,
        fields=f"profiles/fields/{name}.html",
    )


def _picture_page(form: Form) -> str:
    return render_template("profiles/picture.html", form_=form)
