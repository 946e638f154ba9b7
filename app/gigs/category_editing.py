"""What leaders settle about categories: their words and places, archiving them, and putting two together."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, may
from app.categories.dissolving import dissolve
from app.categories.forms import Archiving, CategoryForm
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.categories.nesting import HasChildren, WrongParent
from app.categories.queries import children_of, parent_choices, posting_choices
from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.gigs.category_pages import blueprint
from app.gigs.moving import archive_category
from app.gigs.queries import category_list
from app.policies import EDIT_CATEGORY, MANAGE_HALL
from tenants.isolation import scoped


@blueprint.get("/categories/new")
@authorized(MANAGE_HALL)
def new() -> str:
    begun = {"posting_rule": "open", "position": len(category_list(None))}
    return _form_page(_placed(CategoryForm(formdata=None, data=begun)))


@blueprint.post("/categories")
@authorized(MANAGE_HALL)
def add() -> Any:
    form = _placed(CategoryForm())
    if not form.validate_on_submit():
        return _form_page(form), 422
    category = Category.add(by=current_member(), **form.data)
    flash(_("%(name)s is on the list.", name=category.name))
    return redirect(url_for(".show", slug=category.slug))


@blueprint.get("/categories/<slug>/edit")
@authorized(EDIT_CATEGORY, load=category_or_404)
def edit(category: Category) -> str:
    return _form_page(_placed(CategoryForm(formdata=None, obj=category), category), category)


@blueprint.post("/categories/<slug>/edit")
@authorized(EDIT_CATEGORY, load=category_or_404)
def save(category: Category) -> Any:
    form = _placed(CategoryForm(), category)
    if not form.validate_on_submit():
        return _form_page(form, category), 422
    try:
        category.revise(form.data, by=current_member())
    except (WrongParent, HasChildren) as refusal:
        # The list has changed since this page was made.
        form.refuse("parent_id", refusal.message)
        return _form_page(form, category), refusal.status
    flash(_("Saved."))
    return redirect(url_for(".show", slug=category.slug))


@blueprint.get("/categories/<slug>/archive")
@authorized(MANAGE_HALL, load=category_or_404)
def confirm_archive(category: Category) -> str:
    return _leaving_page("archive", category, _leaving(category))


@blueprint.post("/categories/<slug>/archive")
@authorized(MANAGE_HALL, load=category_or_404)
def archive(category: Category) -> Any:
    form = _leaving(category)
    if not form.validate_on_submit():
        return _leaving_page("archive", category, form), 422
    moved = archive_category(category, into=_category(form.into.data), by=current_member())
    flash(_("%(name)s is archived; %(moved)s of its gigs moved.", name=category.name, moved=moved))
    return redirect(url_for(".index"))


@blueprint.post("/categories/<slug>/restoration")
@authorized(MANAGE_HALL, load=category_or_404)
def restore(category: Category) -> Response:
    category.restore(by=current_member())
    flash(_("%(name)s is back on the list.", name=category.name))
    return redirect(url_for(".show", slug=category.slug))


@blueprint.get("/categories/<slug>/dissolution")
@authorized(MANAGE_HALL, load=category_or_404)
def confirm_dissolution(category: Category) -> str:
    return _leaving_page("dissolution", category, _leaving(category))


@blueprint.post("/categories/<slug>/dissolution")
@authorized(MANAGE_HALL, load=category_or_404)
def dissolution(category: Category) -> Any:
    form = _leaving(category)
    if not form.validate_on_submit():
        return _leaving_page("dissolution", category, form), 422
    into = _category(form.into.data)
    dissolve(category, into=into, by=current_member(), now=clock.now())
    flash(_("%(name)s is no more. All that it held is in %(other)s.", name=category.name, other=into.name))
    return redirect(url_for(".show", slug=into.slug))


def _placed(form: CategoryForm, category: Category | None = None) -> CategoryForm:
    """Offer what a category can be within to those who arrange the list; its own leaders keep to the category."""
    if not may(MANAGE_HALL) or (category is not None and children_of(category)):
        del form.parent_id
    else:
        form.parent_id.options = [(None, _("No other")), *parent_choices(but=category and category.id)]
    return form


def _form_page(form: CategoryForm, category: Category | None = None) -> str:
    return render_template("gigs/categories/edit.html", form=form, category=category)


def _leaving_page(way: str, category: Category, form: Archiving) -> str:
    return render_template(f"gigs/categories/{way}.html", category=category, form=form, children=children_of(category))


def _leaving(category: Category) -> Archiving:
    form = Archiving() if request.method == "POST" else Archiving(formdata=None)
    form.into.options = [choice for choice in posting_choices() if choice[0] != category.id]
    return form


def _category(category_id: UUID) -> Category:
    return db.session.scalars(select(Category).where(scoped(Category), Category.id == category_id)).one()
