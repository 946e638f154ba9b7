"""Categories: the list, each with its people, charter and gigs, and what its leaders settle."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.authorization import anyone_may, authorized, current_member
from app.categories.forms import Archiving, CategoryForm
from app.categories.models import Category
from app.categories.queries import people_of, posting_choices
from app.core.caching import while_unchanged
from app.core.database import db
from app.core.errors import NotFound
from app.core.findable import be_found
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.gigs.finding import Finding
from app.gigs.home import measured_from_home
from app.gigs.moving import archive_category
from app.gigs.queries import category_list
from app.gigs.search import Search
from app.policies import EDIT_CATEGORY, MANAGE_HALL, SEE_HALL
from tenants.context import member_or_none
from tenants.isolation import scoped

blueprint = Blueprint("categories", __name__, subdomain="hall")


class NoSuchCategory(NotFound):
    message = _l("There is no such category here.")


def category_or_404(slug: str) -> Category:
    """Return the category at an address, archived or not.

    :raises NoSuchCategory: when there is none.
    """
    category = db.session.scalars(select(Category).where(scoped(Category), Category.slug == slug)).one_or_none()
    if category is None:
        raise NoSuchCategory
    return category


@blueprint.get("/categories")
@authorized(SEE_HALL)
@while_unchanged()
def index() -> str:
    rows = category_list(member_or_none())
    return render_template(
        "gigs/categories/index.html",
        categories=[row for row in rows if row.archived_at is None],
        archived=[row for row in rows if row.archived_at is not None],
    )


@blueprint.get("/categories/<slug>")
@authorized(SEE_HALL)
@while_unchanged()
def show(slug: str) -> Any:
    if (elsewhere := measured_from_home(request.args)) is not None:
        return redirect(elsewhere)
    category = category_or_404(slug)
    search = Search.read({**request.args, "category": slug})
    people = people_of(category.id)
    found = Finding(search, member_or_none(), url_for(".show", slug=slug), fixed=("category",))
    found.note_shown()
    if anyone_may(SEE_HALL) and not category.is_archived:
        be_found()
    return render_template(
        "gigs/categories/show.html",
        category=category,
        leaders=[person for person in people if person.role == "category_leader"],
        experts=[person for person in people if person.role == "expert"],
        found=found,
    )


@blueprint.get("/categories/new")
@authorized(MANAGE_HALL)
def new() -> str:
    return _form_page(CategoryForm(formdata=None, data={"posting_rule": "open", "position": len(category_list(None))}))


@blueprint.post("/categories")
@authorized(MANAGE_HALL)
def add() -> Any:
    form = CategoryForm()
    if not form.validate_on_submit():
        return _form_page(form), 422
    category = Category.add(by=current_member(), **form.data)
    flash(_("%(name)s is on the list.", name=category.name))
    return redirect(url_for(".show", slug=category.slug))


@blueprint.get("/categories/<slug>/edit")
@authorized(EDIT_CATEGORY, load=category_or_404)
def edit(category: Category) -> str:
    return _form_page(CategoryForm(formdata=None, obj=category), category)


@blueprint.post("/categories/<slug>/edit")
@authorized(EDIT_CATEGORY, load=category_or_404)
def save(category: Category) -> Any:
    form = CategoryForm()
    if not form.validate_on_submit():
        return _form_page(form, category), 422
    category.revise(form.data, by=current_member())
    flash(_("Saved."))
    return redirect(url_for(".show", slug=category.slug))


@blueprint.get("/categories/<slug>/archive")
@authorized(MANAGE_HALL, load=category_or_404)
def confirm_archive(category: Category) -> str:
    return _archive_page(category, _archiving(category))


@blueprint.post("/categories/<slug>/archive")
@authorized(MANAGE_HALL, load=category_or_404)
def archive(category: Category) -> Any:
    form = _archiving(category)
    if not form.validate_on_submit():
        return _archive_page(category, form), 422
    moved = archive_category(category, into=_category(form.into.data), by=current_member())
    flash(_("%(name)s is archived; %(moved)s of its gigs moved.", name=category.name, moved=moved))
    return redirect(url_for(".index"))


@blueprint.post("/categories/<slug>/restoration")
@authorized(MANAGE_HALL, load=category_or_404)
def restore(category: Category) -> Response:
    category.restore(by=current_member())
    flash(_("%(name)s is back on the list.", name=category.name))
    return redirect(url_for(".show", slug=category.slug))


def _form_page(form: CategoryForm, category: Category | None = None) -> str:
    return render_template("gigs/categories/edit.html", form=form, category=category)


def _archive_page(category: Category, form: Archiving) -> str:
    return render_template("gigs/categories/archive.html", category=category, form=form)


def _archiving(category: Category) -> Archiving:
    form = Archiving() if request.method == "POST" else Archiving(formdata=None)
    form.into.options = [choice for choice in posting_choices() if choice[0] != category.id]
    return form


def _category(category_id: UUID) -> Category:
    return db.session.scalars(select(Category).where(scoped(Category), Category.id == category_id)).one()
