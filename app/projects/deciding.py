"""The offer is made, countered or taken; what a project's people decide with a reason."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.commissions.rules import applied
from app.core import clock
from app.core.languages import gettext as _
from app.policies import COORDINATE, DECIDE_PROJECT
from app.projects.blueprint import blueprint, to_project
from app.projects.failures import NothingToOffer, OfferOpen
from app.projects.forms import OfferSeen, RestForm, WhyForm, offer_form
from app.projects.models import Project
from app.projects.models.budget import budget_of
from app.projects.models.cast import Cast
from app.projects.offers import lines_of
from app.projects.queries import project_or_404
from app.projects.staffing import role_here
from app.projects.states import PROJECT


@blueprint.get("/projects/<uuid:project_id>/offers/new")
@authorized(COORDINATE, load=project_or_404)
def new_offer(project: Project) -> str:
    project.check_plans(current_member())
    if project.open_offer() is not None:
        raise OfferOpen
    return _offer_page(project, offer_form(project, _usual(project)))


@blueprint.post("/projects/<uuid:project_id>/offers")
@authorized(COORDINATE, load=project_or_404)
def offer(project: Project) -> tuple[str, int] | Response:
    form = offer_form(project)
    if not form.validate_on_submit():
        return _offer_page(project, form), 422
    project.offer(
        fee_points=(form.fee_points.data or 0) if "fee_points" in form else 0,
        contingency=(form.contingency.data or 0) if "contingency" in form else 0,
        note=form.note.data,
        by=current_member(),
        now=clock.now(),
    )
    flash(_("The offer is with the client. You hear as soon as they answer."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/offers/return")
@authorized(COORDINATE, load=project_or_404)
def take_back(project: Project) -> Response:
    project.take_back(by=current_member(), now=clock.now())
    flash(_("The offer is taken back. Nobody is bound by it."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/acceptance")
@authorized(DECIDE_PROJECT, load=project_or_404)
def accept(project: Project) -> Response:
    project.accept(by=current_member(), seen=OfferSeen().offer_seen, now=clock.now())
    flash(_("Agreed with everybody at once. Each part has an agreement of its own now."))
    return to_project(project.id)


@blueprint.get("/projects/<uuid:project_id>/counter")
@authorized(DECIDE_PROJECT, load=project_or_404)
def ask_counter(project: Project) -> str:
    open_offer = project.open_offer()
    return _why_page(project, "counter", WhyForm(formdata=None, data={"seen": open_offer.id if open_offer else ""}))


@blueprint.post("/projects/<uuid:project_id>/counter")
@authorized(DECIDE_PROJECT, load=project_or_404)
def counter(project: Project) -> tuple[str, int] | Response:
    form = WhyForm()
    if not form.validate_on_submit():
        return _why_page(project, "counter", form), 422
    project.counter(by=current_member(), why=form.reason.data, seen=form.delivery_seen, now=clock.now())
    flash(_("The coordinator reads what should be different, and makes you another offer."))
    return to_project(project.id)


@blueprint.get("/projects/<uuid:project_id>/refusal")
@authorized(DECIDE_PROJECT, load=project_or_404)
def ask_decline(project: Project) -> str:
    return _why_page(project, "decline", WhyForm(formdata=None))


@blueprint.post("/projects/<uuid:project_id>/refusal")
@authorized(DECIDE_PROJECT, load=project_or_404)
def decline(project: Project) -> tuple[str, int] | Response:
    return _with_reason(project, "decline", project.decline, _("Your gig stays as it is."))


@blueprint.get("/projects/<uuid:project_id>/giving-up")
@authorized(COORDINATE, load=project_or_404)
def ask_giving_up(project: Project) -> str:
    return _why_page(project, "give_up", WhyForm(formdata=None))


@blueprint.post("/projects/<uuid:project_id>/giving-up")
@authorized(COORDINATE, load=project_or_404)
def give_up(project: Project) -> tuple[str, int] | Response:
    return _with_reason(project, "give_up", project.give_up, _("It is over, and everybody it concerns is told why."))


@blueprint.get("/projects/<uuid:project_id>/ending")
@authorized(DECIDE_PROJECT, load=project_or_404)
def ask_ending(project: Project) -> str:
    return _why_page(project, "end", WhyForm(formdata=None))


@blueprint.post("/projects/<uuid:project_id>/ending")
@authorized(DECIDE_PROJECT, load=project_or_404)
def end(project: Project) -> tuple[str, int] | Response:
    return _with_reason(project, "end", project.end, _("It is over, and everybody it concerns is told why."))


@blueprint.get("/projects/<uuid:project_id>/rest")
@authorized(DECIDE_PROJECT, load=project_or_404)
def ask_rest(project: Project) -> str:
    return _why_page(project, "pause", RestForm(formdata=None))


@blueprint.post("/projects/<uuid:project_id>/rest")
@authorized(DECIDE_PROJECT, load=project_or_404)
def rest(project: Project) -> tuple[str, int] | Response:
    form = RestForm()
    if not form.validate_on_submit():
        return _why_page(project, "pause", form), 422
    project.pause(by=current_member(), why=form.reason.data, resume_on=form.resume_on.data, now=clock.now())
    flash(_("Everybody who was at work rests, and is told why."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/resumption")
@authorized(DECIDE_PROJECT, load=project_or_404)
def resume(project: Project) -> Response:
    project.resume(by=current_member(), now=clock.now())
    flash(_("It goes on."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/end")
@authorized(DECIDE_PROJECT, load=project_or_404)
def finish(project: Project) -> Response:
    project.finish(by=current_member(), now=clock.now())
    flash(_("The project is finished. Thank you all."))
    return to_project(project.id)


@blueprint.get("/projects/<uuid:project_id>/roles/<uuid:role_id>/<any(replacement,omission):step>")
@authorized(COORDINATE, load=project_or_404)
def ask_role_step(project: Project, role_id: UUID, step: str) -> str:
    return _role_step_page(project, role_here(project, role_id), step, WhyForm(formdata=None))


@blueprint.post("/projects/<uuid:project_id>/roles/<uuid:role_id>/<any(replacement,omission):step>")
@authorized(COORDINATE, load=project_or_404)
def role_step(project: Project, role_id: UUID, step: str) -> tuple[str, int] | Response:
    form, role = WhyForm(), role_here(project, role_id)
    if not form.validate_on_submit():
        return _role_step_page(project, role, step, form), 422
    by, why, now = current_member(), form.reason.data, clock.now()
    if step == "replacement":
        project.replace(role, by=by, why=why, now=now)
        flash(_("The role looks for somebody again. What was accepted so far stays as it is."))
    else:
        project.drop_role(role, by=by, why=why, now=now)
        flash(_("The role is left out, and whoever raised a hand is told."))
    return to_project(project.id)


def _with_reason(project: Project, verb: str, step: Callable[..., None], words: str) -> tuple[str, int] | Response:
    form = WhyForm()
    if not form.validate_on_submit():
        return _why_page(project, verb, form), 422
    step(by=current_member(), why=form.reason.data, now=clock.now())
    flash(words)
    return to_project(project.id)


def _why_page(project: Project, verb: str, form: Any) -> str:
    # A change to a project under way is countered as the first offer is.
    if not (verb == "counter" and project.open_offer() is not None):
        PROJECT.transition(project.state, verb)
    action = url_for(f".{'rest' if verb == 'pause' else verb}", project_id=project.id)
    return render_template("projects/why.html", project=project, verb=verb, action=action, form_=form)


def _role_step_page(project: Project, role: Any, step: str, form: WhyForm) -> str:
    return render_template("projects/role_step.html", project=project, role=role, step=step, form_=form)


def _offer_page(project: Project, form: Any) -> str:
    cast = Cast(project.roles())
    ready = [role for role in cast.roles if role.is_ready]
    if not ready:
        raise NothingToOffer
    points = (form.fee_points.data or 0) if "fee_points" in form and not form.fee_points.errors else 0
    empty = [role for role in cast.roles if not role.is_ready and role.dropped_at is None and cast.held(role) is None]
    return render_template(
        "projects/offer.html",
        project=project,
        lines=lines_of(project, [project.line(role, points) for role in ready]),
        missing=[role.gig.title for role in empty],
        form_=form,
    )


def _usual(project: Project) -> dict[str, Any]:
    """Return what the form begins with: what was agreed before, else the marketplace's usual fee for coordinating."""
    if project.accepted_at is not None:
        return {"fee_points": project.fee_points, "contingency": max(0, _spare(project))}
    found = applied(
        category_id=project.category_id,
        currency=project.currency or "EUR",
        client_id=project.client_id,
        worker_id=None,
    )
    return {"fee_points": found.terms.coordinator.points, "contingency": 0}


def _spare(project: Project) -> int:
    roles = project.roles()
    ready = sum(project.line(role, project.fee_points)["cost"] for role in roles if role.is_ready)
    return budget_of(project, roles).left - ready
