"""The people of a marketplace: the directory, and a page for each."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import Row

from app.authorization import authorized, may
from app.core import clock
from app.core.caching import while_unchanged
from app.core.errors import NotFound
from app.core.languages import lazy_gettext as _l
from app.people import queries
from app.people.cards import cards
from app.people.endings import endings
from app.people.facets import facets
from app.people.filtering import groups
from app.people.finding import found_people
from app.people.search import Search
from app.people.showing import opinion, shown
from app.policies import MODERATE, SEE_HALL, SEE_MEMBER
from app.reviews.queries import as_shown, review_page, reviews_about
from tenants.context import member_or_none, tenant

blueprint = Blueprint("people", __name__, subdomain="hall", url_prefix="/people")


class NoSuchPerson(NotFound):
    message = _l("There is nobody here by this address.")


def person_or_404(member_id: UUID) -> Row[Any]:
    """Return the row of a member's page (see `queries.person`), of whatever standing.

    :raises NoSuchPerson: when this tenant has none of that id.
    """
    found = queries.person(member_id, member_or_none())
    if found is None:
        raise NoSuchPerson
    return found


@blueprint.get("")
@authorized(SEE_HALL)
@while_unchanged(for_visitors=True)
def index() -> str:
    search, viewer, today = Search.read(request.args), member_or_none(), clock.today(tenant.time_zone)
    answer = found_people(search.q, viewer, search.at)
    ids = None if answer is None else answer.ids
    page, found = queries.directory(search, viewer, today, answer), facets(search, today, ids)
    return render_template(
        "people/index.html",
        search=search,
        answer=answer,
        page=page,
        rows=cards(page, today=today, for_members=viewer is not None, level=2),
        total=found.total,
        groups=groups(search, found, url_for(".index")),
        turning=url_for(".index") + search.query(at=""),
    )


@blueprint.get("/<uuid:member_id>")
@authorized(SEE_MEMBER, load=person_or_404)
@while_unchanged(for_visitors=True, minutes=5)
def show(person: Row[Any]) -> str:
    if person.standing != "active":
        return _former_page(person)
    return render_template("people/show.html", **shown(person, member_or_none(), clock.today(tenant.time_zone)))


@blueprint.get("/<uuid:member_id>/reviews")
@authorized(SEE_MEMBER, load=person_or_404)
def all_reviews(person: Row[Any]) -> str:
    if person.standing != "active":
        return _former_page(person)
    page = review_page(person.id, at=request.args.get("at"))
    said = opinion(reviews_about(person.id, 1))
    return render_template(
        "people/reviews.html", person=person, page=page, reviews=[as_shown(row) for row in page], opinion=said
    )


def _former_page(person: Row[Any]) -> str:
    """Return the page of somebody who is no longer here; moderators are told of whom they sent away."""
    told = endings(person.id) if may(MODERATE) and person.standing != "left" else []
    return render_template("people/former.html", person=person, endings=told)
