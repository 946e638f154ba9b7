"""People for a gig: whom its author may ask, its climb, and how patient the marketplace is."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.acquaintances.queries import ties
from app.acquaintances.wording import ties_in_words
from app.authorization import authorized, current_member
from app.climbing import panel as _panel  # noqa: F401  (it adds itself to a gig's page)
from app.climbing.asking import ask
from app.climbing.forms import ClimbForm
from app.climbing.queries import asked_by_author, called_ids, waiting_ids
from app.core import clock
from app.core.languages import gettext as _
from app.exposure.noting import note_shown
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.matching import people_for
from app.matching.reasons import about_member
from app.policies import FIND_PEOPLE, MANAGE_HALL, RUN_GIG
from app.profiles.people import people
from app.recruiting.models import Climb
from app.recruiting.needing import takes_people
from app.recruiting.settings import patience, settle

blueprint = Blueprint("climbing", __name__, subdomain="hall")

_SHOWN = 12


@blueprint.get("/gigs/<uuid:gig_id>/people")
@authorized(FIND_PEOPLE, load=gig_or_404)
def people_who_fit(gig: Gig) -> str:
    now, asked, waiting = clock.now(), asked_by_author(gig.id), waiting_ids(gig.id)
    fitting = people_for(gig, now=now, most=_SHOWN, without=called_ids(gig.id))
    known = people([*(one.id for one in fitting), *(one.member_id for one in asked), *waiting])
    joined = ties(gig.author_id, [one.id for one in fitting])
    note_shown("member", [one.id for one in fitting])
    return render_template(
        "climbing/people.html",
        gig=gig,
        takes_people=takes_people(gig, now=now),
        fitting=[
            {
                "person": known[one.id],
                "why": about_member(one.parts),
                "ties": ties_in_words(joined[one.id], one.id) if one.id in joined else [],
            }
            for one in fitting
        ],
        asked=[(known[one.member_id], one.called_at) for one in asked],
        waiting=[known[one] for one in waiting],
    )


@blueprint.post("/gigs/<uuid:gig_id>/people/<uuid:member_id>/asking")
@authorized(FIND_PEOPLE, load=gig_or_404)
def asking(gig: Gig, member_id: UUID) -> Response:
    ask(gig, member_id, by=current_member(), now=clock.now())
    flash(_("They have been asked, and find it in their list."))
    return redirect(url_for(".people_who_fit", gig_id=gig.id))


@blueprint.post("/gigs/<uuid:gig_id>/climb/stop")
@authorized(RUN_GIG, load=gig_or_404)
def stop(gig: Gig) -> Response:
    _climb(gig).stop(gig, by=current_member(), now=clock.now())
    flash(_("Stopped. Nobody else is told by itself."))
    return redirect(url_for("gigs.show", gig_id=gig.id))


@blueprint.post("/gigs/<uuid:gig_id>/climb/start")
@authorized(RUN_GIG, load=gig_or_404)
def start(gig: Gig) -> Response:
    _climb(gig).start(gig, by=current_member(), now=clock.now())
    flash(_("It goes on, not before tomorrow."))
    return redirect(url_for("gigs.show", gig_id=gig.id))


@blueprint.get("/desk/climbing")
@authorized(MANAGE_HALL)
def settings() -> str:
    return _settings_page(ClimbForm(obj=patience()))


@blueprint.post("/desk/climbing")
@authorized(MANAGE_HALL)
def save_settings() -> Any:
    form = ClimbForm()
    if not form.validate_on_submit():
        return _settings_page(form), 422
    settle(form.data, by=current_member())
    flash(_("Saved. Days that are set already stay."))
    return redirect(url_for(".settings"))


def _settings_page(form: ClimbForm) -> str:
    return render_template("climbing/settings.html", form_=form)


def _climb(gig: Gig) -> Climb:
    """Return the gig's climb under its lock, begun now where the clock has not come by yet."""
    gig.lock()
    return Climb.of(gig.id) or Climb.begin(gig, patience(), now=clock.now())
