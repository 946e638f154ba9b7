"""The queue of a category's leaders: gigs before they go live, and edits of live ones."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.languages import gettext as _
from app.gigs.blueprint import blueprint
from app.gigs.cards import cards
from app.gigs.changes import described
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.gigs.queries import waiting_edits, waiting_gigs
from app.policies import MODERATE, REVIEW_GIG, SEE_REVIEWS, allows
from tenants.context import tenant


@blueprint.get("/gigs/reviews")
@authorized(SEE_REVIEWS)
def reviews() -> str:
    me, today = current_member(), clock.today(tenant.time_zone)
    led = None if allows(MODERATE, me) else me.reviews
    edits = [(edit, described(edit, edit.changes, today)) for edit in waiting_edits(led)]
    gigs = waiting_gigs(led)
    return render_template("gigs/reviews.html", gigs=gigs, rows=cards(gigs), edits=edits)


@blueprint.post("/gigs/<uuid:gig_id>/approval")
@authorized(REVIEW_GIG, load=gig_or_404)
def approve(gig: Gig) -> Response:
    gig.approve(by=current_member())
    flash(_("Approved. It is live."))
    return to_queue(gig)


@blueprint.post("/gigs/<uuid:gig_id>/edit/approval")
@authorized(REVIEW_GIG, load=gig_or_404)
def approve_edit(gig: Gig) -> Response:
    gig.approve_edit(by=current_member())
    flash(_("Approved. The changes are in force."))
    return to_queue(gig)


def to_queue(gig: Gig) -> Response:
    """Return the way back to where it waited: the desk of its category for who leads that, for others the list of all."""
    if gig.category_id in current_member().reviews:
        return redirect(url_for("category_desk.by_id", category_id=gig.category_id))
    return redirect(url_for("gigs.reviews"))
