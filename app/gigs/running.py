"""Running one's own gig: edit, pause, resume, renew, close, copy."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core.languages import gettext as _
from app.gigs.asking import ASKED_IN, edit_form, sent_edit_form
from app.gigs.blueprint import blueprint
from app.gigs.drafts import answers_of
from app.gigs.forms import Step
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig, TooFewSeats
from app.gigs.models.approval import needs_review
from app.policies import EDIT_GIG, REVIVE_GIG, RUN_GIG


@blueprint.get("/gigs/<uuid:gig_id>/edit")
@authorized(EDIT_GIG, load=gig_or_404)
def edit(gig: Gig) -> Any:
    if gig.state == "draft":
        return redirect(url_for(".step", gig_id=gig.id, step="what"))
    waiting = gig.waiting_edit()
    return _edit_page(gig, edit_form(gig, answers_of(gig) | (waiting.values if waiting else {})))


@blueprint.post("/gigs/<uuid:gig_id>/edit")
@authorized(EDIT_GIG, load=gig_or_404)
def save_edit(gig: Gig) -> Any:
    if gig.state == "draft":
        return redirect(url_for(".step", gig_id=gig.id, step="what"))
    form = sent_edit_form(gig)
    if not form.validate_on_submit():
        return _edit_page(gig, form), 422
    try:
        waiting = gig.revise(form.answers(), by=current_member())
    except TooFewSeats as refusal:
        form.refuse("seats", refusal.message)
        return _edit_page(gig, form), 422
    flash(_("Its category's leaders look at your changes; until then it stays as it is.") if waiting else _("Saved."))
    return redirect(url_for(".show", gig_id=gig.id))


@blueprint.post("/gigs/<uuid:gig_id>/edit/withdrawal")
@authorized(RUN_GIG, load=gig_or_404)
def withdraw_edit(gig: Gig) -> Response:
    gig.withdraw_edit(by=current_member())
    return _back(gig, _("You took your changes back."))


@blueprint.post("/gigs/<uuid:gig_id>/withdrawal")
@authorized(RUN_GIG, load=gig_or_404)
def withdraw(gig: Gig) -> Response:
    gig.withdraw(by=current_member())
    flash(_("It is a draft again."))
    return redirect(url_for(".step", gig_id=gig.id, step="what"))


@blueprint.post("/gigs/<uuid:gig_id>/resumption")
@authorized(REVIVE_GIG, load=gig_or_404)
def resume(gig: Gig) -> Response:
    gig.resume(by=current_member())
    return _back(gig, _("Your gig is live again.") if gig.is_open else _("Every place was taken meanwhile."))


@blueprint.post("/gigs/<uuid:gig_id>/renewal")
@authorized(REVIVE_GIG, load=gig_or_404)
def renew(gig: Gig) -> Response:
    gig.renew(by=current_member())
    return _back(gig, _("Renewed."))


@blueprint.post("/gigs/<uuid:gig_id>/recruitment/end")
@authorized(RUN_GIG, load=gig_or_404)
def stop_applications(gig: Gig) -> Response:
    gig.stop_applications(by=current_member())
    return _back(gig, _("It takes no more applications."))


@blueprint.post("/gigs/<uuid:gig_id>/recruitment")
@authorized(RUN_GIG, load=gig_or_404)
def take_applications(gig: Gig) -> Response:
    gig.take_applications(by=current_member())
    return _back(gig, _("It takes applications again."))


@blueprint.post("/gigs/<uuid:gig_id>/copies")
@authorized(RUN_GIG, load=gig_or_404)
def duplicate(gig: Gig) -> Response:
    copy = gig.duplicate(by=current_member())
    flash(_("This is a copy, and a draft. Look it over and post it when you like."))
    return redirect(url_for(".step", gig_id=copy.id, step="what"))


@blueprint.post("/gigs/<uuid:gig_id>/disposal")
@authorized(RUN_GIG, load=gig_or_404)
def discard(gig: Gig) -> Response:
    gig.discard(by=current_member())
    flash(_("The draft is gone."))
    return redirect(url_for(".mine"))


def _edit_page(gig: Gig, form: Step) -> str:
    return render_template(
        "gigs/edit.html",
        gig=gig,
        form=form,
        asked_in=(ASKED_IN, form.category_id.data),
        is_reviewed=needs_review(gig.category_id, by=current_member()),
    )


def _back(gig: Gig, said: str) -> Response:
    flash(said)
    return redirect(url_for(".show", gig_id=gig.id))
