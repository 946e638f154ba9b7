"""The pages of an import: file, columns, a look, then progress and what came of it."""

import csv
from io import StringIO
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.authorization import authorized, current_member
from app.categories.models import Category
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.forms.uploads import file_name
from app.core.languages import gettext as _
from app.core.sheets import guarded
from app.imports import skills
from app.imports.blueprint import blueprint
from app.imports.forms import ListColumns, NewList, columns_form
from app.imports.jobs import start
from app.imports.models import Import, import_with
from app.imports.preview import preview_of, refused_lines
from app.imports.sheets import UnreadableSheet, read_sheet
from app.policies import IMPORT_LISTS
from tenants.context import tenant
from tenants.isolation import scoped

__all__ = ["blueprint", "skills"]

_SHOWN_REFUSALS = 50
_SHOWN_LISTS = 20
_EXAMPLES = 12


def import_or_404(import_id: UUID) -> Import:
    """:raises NotFound: when this tenant has none of that id."""
    one = import_with(import_id)
    if one is None:
        raise NotFound
    return one


@blueprint.get("/")
@authorized(IMPORT_LISTS)
def index() -> str:
    return _index_page(NewList(data={"kind": "gigs"}))


@blueprint.post("/")
@authorized(IMPORT_LISTS)
def upload() -> tuple[str, int] | AnyResponse:
    form = NewList()
    if not form.validate_on_submit():
        return _index_page(form), 422
    try:
        sheet = read_sheet(form.file.data.stream.read())
    except UnreadableSheet as refusal:
        form.refuse("file", refusal.message)
        return _index_page(form), 422
    name, me = file_name(form.file.data), current_member()
    one = Import.of_sheet(sheet, kind=form.kind.data, file_name=name, by=me.id, now=clock.now())
    return redirect(url_for(".columns", import_id=one.id))


@blueprint.get("/<uuid:import_id>/columns")
@authorized(IMPORT_LISTS, load=import_or_404)
def columns(one: Import) -> str | AnyResponse:
    if one.state not in ("uploaded", "mapped"):
        return redirect(url_for(".show", import_id=one.id))
    return _columns_page(one, _form(one))


@blueprint.post("/<uuid:import_id>/columns")
@authorized(IMPORT_LISTS, load=import_or_404)
def agree(one: Import) -> tuple[str, int] | AnyResponse:
    form = _form(one)
    if not form.validate_on_submit():
        return _columns_page(one, form), 422
    one.agree_columns(form.mapping, form.settings)
    return redirect(url_for(".preview", import_id=one.id))


@blueprint.get("/<uuid:import_id>/preview")
@authorized(IMPORT_LISTS, load=import_or_404)
def preview(one: Import) -> str | AnyResponse:
    if one.state != "mapped":
        return redirect(url_for(".columns", import_id=one.id))
    return render_template("imports/preview.html", one=one, preview=preview_of(one))


@blueprint.post("/<uuid:import_id>/run")
@authorized(IMPORT_LISTS, load=import_or_404)
def run(one: Import) -> AnyResponse:
    start(one, by=current_member())
    return redirect(url_for(".show", import_id=one.id))


@blueprint.get("/<uuid:import_id>")
@authorized(IMPORT_LISTS, load=import_or_404)
def show(one: Import) -> str | AnyResponse:
    if one.state in ("uploaded", "mapped"):
        return redirect(url_for(".columns", import_id=one.id))
    counts, refused = one.counts(), one.rows("refused", limit=_SHOWN_REFUSALS)
    done = one.total - counts.get("waiting", 0)
    return render_template("imports/show.html", one=one, counts=counts, done=done, refused=refused)


@blueprint.get("/<uuid:import_id>/refused.csv")
@authorized(IMPORT_LISTS, load=import_or_404)
def refused(one: Import) -> Response:
    file = StringIO(newline="")
    csv.writer(file).writerows([guarded(cell) for cell in line] for line in refused_lines(one))
    # With a mark of its encoding, since spreadsheet programs guess otherwise.
    answer = Response(f"\ufeff{file.getvalue()}", mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="rows-to-mend.csv")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _form(one: Import) -> ListColumns:
    examples = [row.cells for row in one.rows("waiting", limit=_EXAMPLES)]
    usual = {"currency": tenant.currency, "as_drafts": False} if one.kind == "gigs" else {"at_once": False}
    form = columns_form(one, examples, usual=usual)
    if one.kind == "gigs":
        form.category_id.options = [(None, _("No category")), *_categories()]
    return form


def _categories() -> list[tuple[UUID, str]]:
    query = select(Category.id, Category.name).where(scoped(Category), Category.archived_at.is_(None))
    return [(row.id, row.name) for row in db.session.execute(query.order_by(Category.position))]


def _index_page(form: Form) -> str:
    query = select(Import).where(scoped(Import)).order_by(Import.id.desc()).limit(_SHOWN_LISTS)
    return render_template("imports/index.html", form_=form, lists=db.session.scalars(query).all())


def _columns_page(one: Import, form: ListColumns) -> str:
    return render_template("imports/columns.html", one=one, form_=form)
