"""The leader's page about how the marketplace looks: choose, look at it, save, go back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, forget_nothing
from app.core import clock
from app.core.database import db
from app.core.errors import Invalid, NotFound
from app.core.languages import gettext as _
from app.core.pictures import Picture, path
from app.looks.bringing import bring, forget_unused
from app.looks.forms import PAGES, LookForm, Restoration
from app.looks.models import SHELVES, Appearance
from app.looks.preview import page_in
from app.looks.publishing import AlreadyWorn, LookChangedMeanwhile, OwnLook, publish, restore
from app.looks.showing import history, styles
from app.policies import MANAGE_HALL
from billing.entitlements import current_plan
from tenants.context import current_tenant_id
from tenants.models import Tenant

blueprint = Blueprint("looks", __name__, subdomain="hall", url_prefix="/desk/look")

_VERSIONS = 8


@blueprint.get("")
@authorized(MANAGE_HALL)
def edit() -> str:
    return _page(_form_as_it_is())


@blueprint.post("")
@authorized(MANAGE_HALL)
def save() -> tuple[str, int] | Response:
    form = LookForm()
    if not _is_usable(form):
        return _page(form), 422
    now = clock.now()
    try:
        publish(_wanted(form), by=current_member(), seen=form.seen.data, now=now)
    except LookChangedMeanwhile as refusal:
        return _page(form, told=_told(refusal)), 409
    except OwnLook as refusal:
        form.refuse(refusal.part, refusal.message)
        return _page(form), 422
    except AlreadyWorn as refusal:
        flash(refusal.message)
        return redirect(url_for(".edit"))
    forget_unused(now=now)
    flash(_("Everybody sees it from now on."))
    return redirect(url_for(".edit"))


@blueprint.get("/preview")
@authorized(MANAGE_HALL)
def as_it_is() -> str:
    page = request.args.get("page", "front")
    if page not in PAGES:
        raise NotFound
    return page_in(Appearance.of(_row()), page)


@blueprint.post("/preview")
@authorized(MANAGE_HALL)
def preview() -> tuple[str, int] | str:
    """Show a page in what the form says; its frame is beside the form, where what was typed stays."""
    form = LookForm()
    if not _is_usable(form):
        return render_template("looks/cannot_show.html", form_=form), 422
    return page_in(_wanted(form), form.page.data or "front")


@blueprint.post("/pictures")
@authorized(MANAGE_HALL)
def brought() -> dict[str, str]:
    """Keep one picture while the form is still being filled in; answer with its name and where it is, or what is wrong."""
    form = LookForm()
    form.validate()
    role = next((role for role in SHELVES if form[role].raw_data), "logo")
    _bring(form, role)
    found = form.kept(role)
    if form[role].problem or found is None:
        return {"problem": form[role].problem or form[role].missing_message()}
    return {"role": role, "name": found.name, "src": path(found.name, "small", SHELVES[role])}


@blueprint.post("/restoration")
@authorized(MANAGE_HALL)
def restoration() -> tuple[str, int] | Response:
    form = Restoration()
    if not form.validate_on_submit():
        raise Invalid(_("Choose the version to go back to."))
    try:
        restore(form.number.data, by=current_member(), seen=form.seen.data, now=clock.now())
        flash(_("Version %(data)s is back. Everybody sees it from now on.", data=form.number.data))
    except LookChangedMeanwhile as refusal:
        return _page(_form_as_it_is(), told=refusal.message), 409
    except AlreadyWorn as refusal:
        flash(refusal.message)
    return redirect(url_for(".edit"))


def _is_usable(form: LookForm) -> bool:
    """Say whether all of a form that was sent can be used, and keep the pictures that came with it either way."""
    form.validate_on_submit()
    for role in SHELVES:
        _bring(form, role)
    return not form.errors


def _bring(form: LookForm, role: str) -> None:
    upload = form[role].data
    if upload is None or form[role].errors:
        return
    try:
        form.take_in(role, bring(role, upload, by=current_member(), now=clock.now()))
        # Also where something else is to be mended first: nobody chooses a file twice.
        forget_nothing()
    except Invalid as refusal:
        form.refuse(role, refusal.message)


def _wanted(form: LookForm) -> Appearance:
    kept = {role: form.kept(role) for role in SHELVES}
    return Appearance(
        preset=form.preset.data,
        brand_colour=form.brand_colour.data,
        tagline=form.tagline.data or "",
        welcome=form.welcome.data or "",
        **{role: found.picture.written if found else None for role, found in kept.items()},
    )


def _row() -> Tenant:
    return db.session.get_one(Tenant, current_tenant_id())


def _form_as_it_is() -> LookForm:
    row = _row()
    kept = {role: Picture.read(getattr(row, role)) for role in SHELVES}
    words = {name: getattr(row, name) for name in ("preset", "brand_colour", "tagline", "welcome")}
    return LookForm(data=words | {f"{role}_kept": picture.name for role, picture in kept.items() if picture})


def _told(refusal: LookChangedMeanwhile) -> str:
    """Return who was quicker, and what to do now."""
    quicker = next(iter(history(1)), None)
    if quicker is None or quicker.by is None:
        return str(refusal.message)
    return _(
        "While you were here, %(value)s changed the look. "
        "What you chose is still below; save it again to put it in its place.",
        value=quicker.by,
    )


def _page(form: LookForm, *, told: str = "") -> str:
    versions = history(_VERSIONS)
    newest = versions[0].number if versions else 0
    pictures = {role: form.kept(role) for role in SHELVES}
    return render_template(
        "looks/edit.html",
        form_=form,
        # What was looked at stays what it was until somebody is told of what came in between.
        seen=form.seen.data if form.seen.was_sent and not told else newest,
        told=told,
        own_look=current_plan(now=clock.now()).own_look,
        versions=versions,
        styles=styles(form.brand_colour.data),
        pictures={role: path(found.name, "small", SHELVES[role]) for role, found in pictures.items() if found},
    )
