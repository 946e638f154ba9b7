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
from app.core.forms import Form
from app.core.languages import gettext as _
from app.policies import MODERATE, REVIEW_WORK, SEE_PROJECT
from app.profiles.people import as_person, people
from app.projects.models import Project
from app.projects.queries import project_or_404
from app.reviews.failures import AlreadyReviewed, NotToBeReviewed
from app.reviews.forms import ReviewForm, project_review_form
from app.reviews.models import written_by
from app.reviews.of_projects import ProjectReview, check_open
from app.reviews.panel import review_step, reviews_panel
from app.reviews.project_panel import project_review_step, project_reviews_panel
from app.reviews.publishing import review
from app.reviews.queries import private_notes

blueprint = Blueprint("reviews", __name__, subdomain="hall")
blueprint.add_app_template_global(review_step)
blueprint.add_app_template_global(reviews_panel)
blueprint.add_app_template_global(project_review_step)
blueprint.add_app_template_global(project_reviews_panel)


@blueprint.get("/agreements/<uuid:agreement_id>/reviews/new")
@authorized(REVIEW_WORK, load=agreement_or_404)
def new(agreement: Agreement) -> str:
    if written_by(agreement.id, current_member().id):
        raise AlreadyReviewed
    elif agreement.reviews_until is None or agreement.reviews_until <= clock.now():
        raise NotToBeReviewed
    return _form_page(agreement, ReviewForm())


@blueprint.post("/agreements/<uuid:agreement_id>/reviews")
@authorized(REVIEW_WORK, load=agreement_or_404)
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


@blueprint.get("/projects/<uuid:project_id>/reviews/new")
@authorized(SEE_PROJECT, load=project_or_404)
def new_of_project(project: Project) -> str:
    check_open(project, by=current_member(), now=clock.now())
    return _project_form_page(project, project_review_form(project, current_member()))


@blueprint.post("/projects/<uuid:project_id>/reviews")
@authorized(SEE_PROJECT, load=project_or_404)
def write_of_project(project: Project) -> tuple[str, int] | Response:
    form, me = project_review_form(project, current_member()), current_member()
    check_open(project, by=me, now=clock.now())
    if not form.validate_on_submit():
        return _project_form_page(project, form), 422
    written = ProjectReview.write(
        project,
        by=me,
        rating=form.rating.data,
        text=form.text.data,
        leading=form["leading"].data if "leading" in form else None,
        leading_text=form["leading_text"].data if "leading_text" in form else "",
        now=clock.now(),
    )
    flash(
        _("That was the last one: all reviews are published.")
        if written.is_published
        else _("Kept. It is published with everybody else's.")
    )
    return redirect(url_for("projects.show", project_id=project.id))


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


def _project_form_page(project: Project, form: Form) -> str:
    leader_id = project.leader_of(current_member().id)
    coordinator = people([leader_id])[leader_id]
    return render_template("reviews/new_of_project.html", project=project, coordinator=coordinator, form_=form)


def _form_page(agreement: Agreement, form: ReviewForm) -> str:
    scene = scene_of(agreement, current_member())
    other = scene.worker if scene.side == "client" else scene.client
    return render_template("reviews/new.html", agreement=agreement, other=other, form_=form)
