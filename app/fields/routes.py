"""What a category asks of its gigs, as its leaders settle it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.core import clock
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.fields.forms import FieldForm, MergeForm, OptionForm
from app.fields.kinds import KINDS, VISIBILITIES
from app.fields.loading import InCare, field_or_404, option_or_404, options_of
from app.fields.models import CategoryField, FieldOption
from app.fields.queries import fields_of
from app.policies import EDIT_CATEGORY

blueprint = Blueprint("fields", __name__, subdomain="hall")

_AT = "/categories/<slug>/fields"
_FIELD = f"{_AT}/<uuid:field_id>"


@blueprint.get(_AT)
@authorized(EDIT_CATEGORY, load=category_or_404)
def index(category: Category) -> str:
    fields = fields_of(category.id)
    return render_template(
        "fields/index.html",
        category=category,
        asked=[one for one in fields if not one.is_retired],
        retired=[one for one in fields if one.is_retired],
        kinds=KINDS,
        visibilities=VISIBILITIES,
    )


@blueprint.get(f"{_AT}/new/<any(text,number,choice,date,link,file):kind>")
@authorized(EDIT_CATEGORY, load=category_or_404)
def new(category: Category, kind: str) -> str:
    return _new_page(category, kind, FieldForm(formdata=None, data={"visibility": "public"}, kind=kind))


@blueprint.post(f"{_AT}/new/<any(text,number,choice,date,link,file):kind>")
@authorized(EDIT_CATEGORY, load=category_or_404)
def ask(category: Category, kind: str) -> Any:
    form = FieldForm(kind=kind)
    if not form.validate_on_submit():
        return _new_page(category, kind, form), 422
    options = form.options.data if "options" in form else ()
    try:
        CategoryField.ask(category, by=current_member(), now=clock.now(), kind=kind, options=options, **form.columns())
    except Conflict as refusal:
        form.refuse("name", refusal.message)
        return _new_page(category, kind, form), 422
    flash(_("From now on it is asked of every gig here."))
    return _back(category)


@blueprint.get(f"{_FIELD}/edit")
@authorized(EDIT_CATEGORY, load=field_or_404)
def edit(found: InCare) -> str:
    form = FieldForm(formdata=None, obj=found.field, kind=found.field.kind, is_new=False)
    if "options" in form:
        form.options.data = []
    return _edit_page(found, form)


@blueprint.post(f"{_FIELD}/edit")
@authorized(EDIT_CATEGORY, load=field_or_404)
def save(found: InCare) -> Any:
    form = FieldForm(kind=found.field.kind, is_new=False)
    if not form.validate_on_submit():
        return _edit_page(found, form), 422
    try:
        found.field.revise(form.columns(), by=current_member())
        if "options" in form:
            found.field.add_options(form.options.data)
    except Conflict as refusal:
        form.refuse(None, refusal.message)
        return _edit_page(found, form), 422
    flash(_("Saved."))
    return _back(found.category)


@blueprint.post(f"{_FIELD}/retirement")
@authorized(EDIT_CATEGORY, load=field_or_404)
def retire(found: InCare) -> Response:
    found.field.retire(by=current_member(), now=clock.now())
    flash(_("It is asked no more. Gigs that answered it go on showing it."))
    return _back(found.category)


@blueprint.post(f"{_FIELD}/restoration")
@authorized(EDIT_CATEGORY, load=field_or_404)
def restore(found: InCare) -> Response:
    found.field.restore(by=current_member())
    flash(_("It is asked again."))
    return _back(found.category)


@blueprint.post(f"{_FIELD}/moves/<any(up,down):way>")
@authorized(EDIT_CATEGORY, load=field_or_404)
def move(found: InCare, way: str) -> Response:
    found.field.move(up=way == "up")
    return _back(found.category)


@blueprint.get(f"{_FIELD}/options/<uuid:option_id>")
@authorized(EDIT_CATEGORY, load=field_or_404)
def option(found: InCare, option_id: UUID) -> str:
    one = option_or_404(found.field, option_id)
    return _option_page(found, one, OptionForm(formdata=None, obj=one), _merging(found, one))


@blueprint.post(f"{_FIELD}/options/<uuid:option_id>")
@authorized(EDIT_CATEGORY, load=field_or_404)
def rename_option(found: InCare, option_id: UUID) -> Any:
    one, form = option_or_404(found.field, option_id), OptionForm()
    if not form.validate_on_submit():
        return _option_page(found, one, form, _merging(found, one)), 422
    try:
        one.rename(form.name.data)
    except Conflict as refusal:
        form.refuse("name", refusal.message)
        return _option_page(found, one, form, _merging(found, one)), 422
    flash(_("Saved."))
    return _to_field(found)


@blueprint.post(f"{_FIELD}/options/<uuid:option_id>/merger")
@authorized(EDIT_CATEGORY, load=field_or_404)
def merge_option(found: InCare, option_id: UUID) -> Any:
    one = option_or_404(found.field, option_id)
    form = _merging(found, one)
    if not form.validate_on_submit():
        return _option_page(found, one, OptionForm(formdata=None, obj=one), form), 422
    into = option_or_404(found.field, form.into.data)
    gone, stays = one.name, into.name
    one.merge(into)
    flash(_("What chose “%(gone)s” has chosen “%(stays)s” now.", gone=gone, stays=stays))
    return _to_field(found)


@blueprint.post(f"{_FIELD}/options/<uuid:option_id>/<any(retirement,restoration):what>")
@authorized(EDIT_CATEGORY, load=field_or_404)
def offer_option(found: InCare, option_id: UUID, what: str) -> Response:
    one = option_or_404(found.field, option_id)
    if what == "retirement":
        one.retire(now=clock.now())
    else:
        one.restore()
    return _to_field(found)


def _new_page(category: Category, kind: str, form: FieldForm) -> str:
    return render_template("fields/new.html", category=category, kind=kind, label=KINDS[kind], form=form)


def _edit_page(found: InCare, form: FieldForm) -> str:
    field = found.field
    return render_template(
        "fields/edit.html",
        category=found.category,
        asked=field,
        form=form,
        options=options_of(field) if field.kind == "choice" else (),
    )


def _option_page(found: InCare, one: FieldOption, form: OptionForm, merging: MergeForm) -> str:
    return render_template(
        "fields/option.html", category=found.category, asked=found.field, option=one, form=form, merging=merging
    )


def _merging(found: InCare, one: FieldOption) -> MergeForm:
    form = MergeForm() if request.path.endswith("/merger") else MergeForm(formdata=None)
    form.into.options = [(None, _("Please choose"))] + [
        (other.id, other.name) for other in options_of(found.field) if other.id != one.id
    ]
    return form


def _back(category: Category) -> Response:
    return redirect(url_for(".index", slug=category.slug))


def _to_field(found: InCare) -> Response:
    return redirect(url_for(".edit", slug=found.category.slug, field_id=found.field.id))
