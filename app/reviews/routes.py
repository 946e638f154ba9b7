"""Writing a review, and what leaders read."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agreements.models import Agreement
from app.agreements.page import scene_of
from app.agreements.queries import agreement_or_404
from app.authorization import authorized, current_member
from app.core import clock
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.policies import BE_A_SIDE, MODERATE
from app.profiles.people import as_person
from app.reviews.failures import AlreadyReviewed, NotToBeReviewed
from app.reviews.forms import ReviewForm
from app.reviews.models import written_by
from app.reviews.panel import review_step, reviews_panel
from app.reviews.publishing import review
from app.reviews.queries import private_notes

blueprint = Blueprint("reviews", __name__, subdomain="hall")
blueprint.add_app_template_global(review_step)
blueprint.add_app_template_global(reviews_panel)


@blueprint.get("/agreements/<uuid:agreement_id>/reviews/new")
@authorized(BE_A_SIDE, load=agreement_or_404)
def new(agreement: Agreement) -> str:
    if written_by(agreement.id, current_member().id):
        raise AlreadyReviewed
    elif agreement.reviews_until is None or agreement.reviews_until <= clock.now():
        raise NotToBeReviewed
    return _form_page(agreement, ReviewForm())


@blueprint.post("/agreements/<uuid:agreement_id>/reviews")
@authorized(BE_A_SIDE, load=agreement_or_404)
def write(agreement: Agreement) -> tuple[str, int] | Response:
    form = ReviewForm()
    if not form.validate_on_submit():
        return _form_page(agreement, form), 422
    written = review(
        agreement,
        by=current_member(),
        rating=form.rating.data,
        text=form.text.data,
        private_note=form.private_note.data,
        now=clock.now(),
    )
    flash(_("Both reviews are in and published.") if written.is_published else _("Kept. It is published with theirs."))
    return redirect(url_for("agreements.show", agreement_id=agreement.id))


@blueprint.get("/reviews/notes")
@authorized(MODERATE)
def notes() -> str:
    rows = [{"row": row, "author": as_person(row)} for row in private_notes()]
    return render_template("reviews/notes.html", notes=rows)


@blueprint.errorhandler(Conflict)
def _already(refusal: Conflict) -> tuple[str, int]:
    """Say how things stand, with a way there."""
    values: dict[str, Any] = request.view_args or {}
    return render_template("reviews/refused.html", status=409, message=refusal.message, **values), 409


def _form_page(agreement: Agreement, form: ReviewForm) -> str:
    scene = scene_of(agreement, current_member())
    other = scene.worker if scene.side == "client" else scene.client
    return render_template("reviews/new.html", agreement=agreement, other=other, form_=form)
