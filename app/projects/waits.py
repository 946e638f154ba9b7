"""The page on which a coordinator says who waits for whom."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core.errors import Invalid
from app.core.languages import gettext as _
from app.policies import COORDINATE
from app.projects.blueprint import blueprint
from app.projects.forms import WaitForm, wait_form
from app.projects.models import Project
from app.projects.models.cast import Cast
from app.projects.plan import Plan
from app.projects.queries import project_or_404


@blueprint.get("/projects/<uuid:project_id>/waits")
@authorized(COORDINATE, load=project_or_404)
def waits(project: Project) -> str:
    project.check_plans(current_member())
    return _page(project, wait_form(_places(project), is_new=True))


@blueprint.post("/projects/<uuid:project_id>/waits")
@authorized(COORDINATE, load=project_or_404)
def let_wait(project: Project) -> tuple[str, int] | Response:
    form = wait_form(_places(project))
    if not form.validate_on_submit():
        return _page(project, form), 422
    try:
        project.let_wait(form.place_of[form.waiting.data], form.place_of[form.awaited.data], by=current_member())
    except Invalid as refusal:
        form.refuse("awaited", refusal.message)
        return _page(project, form), refusal.status
    flash(_("It is in the plan."))
    return redirect(url_for("projects.waits", project_id=project.id))


@blueprint.post("/projects/<uuid:project_id>/waits/<uuid:wait_id>/end")
@authorized(COORDINATE, load=project_or_404)
def wait_no_more(project: Project, wait_id: UUID) -> Response:
    project.wait_no_more(wait_id, by=current_member())
    flash(_("It waits no more."))
    return redirect(url_for("projects.waits", project_id=project.id))


def _places(project: Project) -> list[tuple[str, tuple[UUID, int], str]]:
    """Return every role and milestone of the plan: a key for the form, its place, and its name."""
    plan = Plan.of(Cast(project.roles()), ())
    titles = {step.role_id: step.title for step in plan.steps.values() if not step.part}
    return [
        (f"{step.role_id}.{step.part}", step.place, _in_full(step, titles)) for step in plan.steps.values()
    ]  # fmt: skip


def _in_full(step: Any, titles: dict[UUID, str]) -> str:
    if not step.part:
        return _("%(role)s, the whole role", role=step.title)
    return _("%(role)s: %(milestone)s", role=titles[step.role_id], milestone=step.title)


def _page(project: Project, form: WaitForm) -> str:
    known = {place: name for _key, place, name in _places(project)}
    rows = [
        {
            "id": one.id,
            "waiting": known.get(one.waiting) or known.get((one.role_id, 0)),
            "awaited": known.get(one.awaited) or known.get((one.for_id, 0)),
        }
        for one in project.waits()
    ]
    shown = [row for row in rows if row["waiting"] and row["awaited"]]
    return render_template("projects/waits.html", project=project, rows=shown, form_=form)
