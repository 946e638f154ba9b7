"""A member's gigs: what suits them and why, what does not, how it is worked out, and whether they take part at all."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.languages import gettext as _
from app.exposure.noting import note_shown
from app.gigs.fitting import tells_fit
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.matching import tuning
from app.matching.engine import fit_of
from app.matching.explaining import explained
from app.matching.models import Dismissal, MatchingOff
from app.matching.queries import takes_part, waved_away, weights_in_force
from app.matching.reasons import to_member
from app.matching.showing import suggested
from app.policies import BE_HERE, LOOK_AROUND, SEE_GIG
from tenants.context import Actor

blueprint = Blueprint("matching", __name__, subdomain="hall")
blueprints = (blueprint, tuning.blueprint)

_MOST = 24


@blueprint.get("/for-you")
@authorized(LOOK_AROUND)
def for_you() -> str:
    me = current_member()
    found = suggested(me, now=clock.now(), most=_MOST)
    note_shown("gig", [one.row.id for one in found.gigs])
    return render_template("matching/for_you.html", found=found, waved_away=waved_away(me.id))


@blueprint.get("/for-you/how")
@authorized(BE_HERE)
def how() -> str:
    return render_template(
        "matching/how.html", parts=explained(weights_in_force()), takes_part=takes_part(current_member().id)
    )


@blueprint.post("/for-you/rest")
@authorized(BE_HERE)
def rest() -> Response:
    MatchingOff.switch_off(current_member().id, now=clock.now())
    flash(_("You are suggested to nobody now, and nothing is suggested to you."))
    return redirect(url_for(".how"))


@blueprint.post("/for-you/return")
@authorized(BE_HERE)
def come_back() -> Response:
    MatchingOff.switch_on(current_member().id)
    flash(_("You take part again."))
    return redirect(url_for(".for_you"))


@blueprint.post("/gigs/<uuid:gig_id>/dismissal")
@authorized(SEE_GIG, load=gig_or_404)
def dismiss(gig: Gig) -> Response:
    Dismissal.dismiss(gig.id, by=current_member().id, now=clock.now())
    flash(_("“%(title)s” is not suggested to you any more.", title=gig.title))
    return redirect(url_for(".for_you"))


@blueprint.post("/gigs/<uuid:gig_id>/reconsideration")
@authorized(SEE_GIG, load=gig_or_404)
def reconsider(gig: Gig) -> Response:
    Dismissal.take_back(gig.id, by=current_member().id)
    flash(_("“%(title)s” may be suggested to you again.", title=gig.title))
    return redirect(url_for(".for_you"))


@tells_fit
def tell_fit(gig: Any, viewer: Actor) -> str:
    """Say on a gig's page why it suits whoever looks."""
    match = fit_of(viewer, gig.id, now=clock.now())
    return to_member(match.parts) if match else ""
