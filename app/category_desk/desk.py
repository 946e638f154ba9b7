"""The desk: its queue, and how soon it answers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.loading import NoSuchCategory, category_or_404
from app.categories.models import Category
from app.categories.waiting import matters
from app.category_desk.blueprint import blueprint
from app.category_desk.forms import HallHours, OwnHours
from app.category_desk.models import USUAL, CategoryDesk, DeskSettings, hall_hours
from app.category_desk.queue import COUNTED, Queue, queue
from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import own
from app.core.wording import span
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.policies import EDIT_CATEGORY, MANAGE_HALL, MODERATE, REVIEW_GIG, RUN_DESK, allows
from tenants.context import Actor, current_tenant_id


def category_by_id_or_404(category_id: UUID) -> Category:
    """Return the category of an id.

    :raises NoSuchCategory: when there is none.
    """
    category = db.session.get(Category, (current_tenant_id(), category_id))
    if category is None:
        raise NoSuchCategory
    return category


@blueprint.get("/categories/<slug>/desk")
@authorized(RUN_DESK, load=category_or_404)
def show(category: Category) -> str:
    me, now = current_member(), clock.now()
    kind = request.args.get("kind", "")
    held = _held(me, category)
    names = frozenset(name for name, matter in matters().items() if held is None or held & {*matter.duties})
    found = queue(category.id, onlooker=me.id, kind=kind, at=request.args.get("at"), names=names)
    here = url_for(".show", slug=category.slug)
    within = timedelta(hours=found.own_hours or found.hall_hours or USUAL)
    return render_template(
        "category_desk/show.html",
        category=category,
        page=found.page,
        rows=[_row(row, me, now - within, held) for row in found.page],
        kinds=_kinds(found, kind, here),
        within=span(within),
        at=f"{here}?kind={kind}&at=" if kind in names else f"{here}?at=",
    )


@blueprint.get("/desks/<uuid:category_id>")
@authorized(RUN_DESK, load=category_by_id_or_404)
def by_id(category: Category) -> Response:
    return redirect(url_for(".show", slug=category.slug))


@blueprint.get("/categories/<slug>/desk/settings")
@authorized(EDIT_CATEGORY, load=category_or_404)
def settings(category: Category) -> str:
    desk = db.session.get(CategoryDesk, (current_tenant_id(), category.id))
    return _settings_page(category, own=OwnHours(formdata=None, obj=desk))


@blueprint.post("/categories/<slug>/desk/settings")
@authorized(EDIT_CATEGORY, load=category_or_404)
def save_settings(category: Category) -> Any:
    form = OwnHours()
    if not form.validate_on_submit():
        return _settings_page(category, own=form), 422
    CategoryDesk.of(category.id).response_hours = form.response_hours.data
    flash(_("Saved."))
    return redirect(url_for(".show", slug=category.slug))


@blueprint.post("/categories/<slug>/desk/settings/hall")
@authorized(MANAGE_HALL)
def save_hall_settings(slug: str) -> Any:
    category, form = category_or_404(slug), HallHours()
    if not form.validate_on_submit():
        return _settings_page(category, hall=form), 422
    DeskSettings.choose(form.hall_hours.data)
    flash(_("Saved."))
    return redirect(url_for(".settings", slug=category.slug))


@blueprint.post("/gigs/<uuid:gig_id>/climb/set-aside")
@authorized(REVIEW_GIG, load=gig_or_404)
def set_aside(gig: Gig) -> Response:
    """Take a gig that nobody took off the desk; it goes on looking for people."""
    gig.climbed_at = None
    flash(_("Set aside. It goes on looking for people."))
    return to_desk(gig.category_id)


def to_desk(category_id: UUID | None) -> Response:
    """Return the way back to a category's desk; without one, to what waits everywhere."""
    if category_id is None:
        return redirect(url_for("gigs.reviews"))
    return redirect(url_for(".by_id", category_id=category_id))


def _held(me: Actor, category: Category) -> frozenset[str] | None:
    """Return the duties that somebody has at a desk; None for whoever leads there, or everywhere: all of it is theirs."""
    if category.id in me.leads or allows(MODERATE, me):
        return None
    return frozenset(duty for duty, category_id in me.duties if category_id == category.id)


def _row(row: Any, me: Any, late_before: Any, held: frozenset[str] | None) -> dict[str, Any]:
    matter = matters()[row.kind]
    # A duty is for what others wrote.
    steps = () if held is not None and row.holder_id == me.id else matter.steps(row, me)
    return {
        "title": row.title,
        "href": matter.href(row, me),
        "says": str(matter.says).format(who=own(row.who)),
        "since": row.since,
        "is_late": row.since < late_before,
        "note": row.note,
        "label": matter.label,
        "steps": [one for one in steps if held is None or not one.duty or one.duty in held],
    }


def _kinds(found: Queue, kind: str, here: str) -> list[dict[str, Any]]:
    """Return the tabs: everything, and each kind of which anything waits."""
    every = {"label": _("Everything"), "href": here, "current": kind not in found.counts}
    tabs = [
        {"label": matter.label, "href": f"{here}?kind={name}", "current": name == kind, "count": _counted(number)}
        for name, matter in matters().items()
        if (number := found.counts.get(name, 0)) or (name == kind and name in found.counts)
    ]
    return [every, *tabs] if tabs else []


def _counted(number: int) -> str:
    return f"{number}+" if number >= COUNTED else str(number)


def _settings_page(category: Category, own: OwnHours | None = None, hall: HallHours | None = None) -> str:
    desk = db.session.get(CategoryDesk, (current_tenant_id(), category.id))
    return render_template(
        "category_desk/settings.html",
        category=category,
        own=own or OwnHours(formdata=None, obj=desk),
        of_hall=hall or HallHours(formdata=None, data={"hall_hours": hall_hours()}),
        usual=span(timedelta(hours=hall_hours())),
    )
