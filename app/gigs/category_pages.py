"""Categories: the list, and each with its people, charter and gigs."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select

from app.authorization import anyone_may, authorized
from app.categories.loading import category_or_404
from app.categories.models import Category
from app.categories.queries import children_of, people_of
from app.core.caching import while_unchanged
from app.core.database import db
from app.core.findable import be_found
from app.core.languages import gettext as _
from app.core.markdown import plain
from app.gigs.category_parts import feet_of, parts_of
from app.gigs.finding import Finding
from app.gigs.home import measured_from_home
from app.gigs.queries import category_list
from app.gigs.search import Search
from app.policies import SEE_HALL
from tenants.context import member_or_none
from tenants.isolation import scoped

_GIST = 240

blueprint = Blueprint("categories", __name__, subdomain="hall")


@blueprint.get("/categories")
@authorized(SEE_HALL)
@while_unchanged()
def index() -> str:
    rows = category_list(member_or_none())
    grouped: dict[UUID, tuple[Any, list[Any]]] = {}
    for row in rows:
        if row.archived_at is None and row.parent_id in grouped:
            grouped[row.parent_id][1].append(row)
        elif row.archived_at is None:
            grouped[row.id] = (row, [])
    return render_template(
        "gigs/categories/index.html",
        categories=list(grouped.values()),
        archived=[row for row in rows if row.archived_at is not None],
    )


@blueprint.get("/categories/<slug>")
@authorized(SEE_HALL)
@while_unchanged()
def show(slug: str) -> Any:
    if (elsewhere := measured_from_home(request.args)) is not None:
        return redirect(elsewhere)
    category = category_or_404(slug)
    if category.slug != slug:
        return redirect(url_for(".show", slug=category.slug), 301)
    search = Search.read({**request.args, "category": slug})
    people = people_of(category.id)
    found = Finding(search, member_or_none(), url_for(".show", slug=slug), fixed=("category",))
    found.note_shown()
    if anyone_may(SEE_HALL) and not category.is_archived:
        be_found()
    return render_template(
        "gigs/categories/show.html",
        category=category,
        trail=_trail(category),
        children=_within(category) if category.parent_id is None else [],
        leaders=[person for person in people if person.role == "category_leader"],
        experts=[person for person in people if person.role == "expert"],
        found=found,
        gist=plain(category.charter, _GIST),
        parts=parts_of(category),
        feet=feet_of(category),
    )


def _trail(category: Category) -> list[tuple[str, str]]:
    trail = [(_("All categories"), url_for(".index"))]
    if category.parent_id is not None:
        parent = _by_id(category.parent_id)
        trail.append((parent.name, url_for(".show", slug=parent.slug)))
    return trail


def _within(category: Category) -> list[dict[str, str]]:
    return [{"name": one.name, "href": url_for(".show", slug=one.slug)} for one in children_of(category)]


def _by_id(category_id: Any) -> Category:
    return db.session.scalars(select(Category).where(scoped(Category), Category.id == category_id)).one()
