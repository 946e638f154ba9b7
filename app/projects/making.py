"""A project is suggested, and its client says yes or no; its coordinator adds roles."""

from datetime import timedelta
from typing import Any

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.errors import Invalid
from app.core.languages import gettext as _
from app.core.limits import allow
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.policies import BE_HERE, COORDINATE, DECIDE_PROJECT, MAKE_PROJECT
from app.profiles.people import people
from app.projects.blueprint import blueprint, to_project
from app.projects.failures import NotToBeMade
from app.projects.forms import SuggestionForm, role_form
from app.projects.listing import rows_of
from app.projects.models import Project
from app.projects.queries import project_of_gig, project_or_404

#: How many somebody may suggest in a day.
A_DAY = 10


@blueprint.get("/projects")
@authorized(BE_HERE)
def index() -> str:
    under_way, over = rows_of(current_member())
    return render_template("projects/index.html", under_way=under_way, over=over)


@blueprint.get("/gigs/<uuid:gig_id>/project")
@authorized(MAKE_PROJECT, load=gig_or_404)
def new(gig: Gig) -> str | Response:
    there = project_of_gig(gig.id)
    if there is not None and there.state != "ended" and there.is_party(current_member().id):
        return to_project(there.id)
    if gig.author_id == current_member().id or gig.direction != "request":
        raise NotToBeMade
    return _suggestion_page(gig, SuggestionForm(formdata=None, data={"title": gig.title, "brief": gig.description}))


@blueprint.post("/gigs/<uuid:gig_id>/project")
@authorized(MAKE_PROJECT, load=gig_or_404)
def suggest(gig: Gig) -> tuple[str, int] | Response:
    form, me = SuggestionForm(), current_member()
    if not form.validate_on_submit():
        return _suggestion_page(gig, form), 422
    allow("projects", str(me.id), limit=A_DAY, per=timedelta(days=1))
    project = Project.suggest(
        gig, title=form.title.data, brief=form.brief.data, note=form.note.data, by=me, now=clock.now()
    )
    flash(_("Your suggestion is with the client. You hear as soon as they answer."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/consent")
@authorized(DECIDE_PROJECT, load=project_or_404)
def consent(project: Project) -> Response:
    project.consent(by=current_member(), now=clock.now(), for_hall=bool(request.form.get("for_hall")))
    flash(_("Good. You get one offer for all of it; until you take that, nothing is agreed."))
    return to_project(project.id)


@blueprint.get("/projects/<uuid:project_id>/roles/new")
@authorized(COORDINATE, load=project_or_404)
def new_role(project: Project) -> str:
    project.check_plans(current_member())
    form = role_form(project, project.roles())(formdata=None, data={"category_id": project.category_id})
    return _role_page(project, form)


@blueprint.post("/projects/<uuid:project_id>/roles")
@authorized(COORDINATE, load=project_or_404)
def add_role(project: Project) -> tuple[str, int] | Response:
    form = role_form(project, project.roles())()
    if not form.validate_on_submit():
        return _role_page(project, form), 422
    try:
        project.add_role(by=current_member(), **_answers(form))
    except Invalid as refusal:
        form.refuse(None, refusal.message)
        return _role_page(project, form), refusal.status
    flash(_("The role is in the plan. Open it, and members see it and can raise a hand."))
    return to_project(project.id)


def _answers(form: Any) -> dict[str, Any]:
    names = ("title", "category_id", "description", "phase", "starts_on", "due_on", "amount", "waits_for_id")
    return {name: form[name].data for name in names if name in form} | {"skills": tuple(form.skills.data)}


def _suggestion_page(gig: Gig, form: SuggestionForm) -> str:
    client = people([gig.author_id])[gig.author_id]
    return render_template("projects/suggestion.html", gig=gig, client=client, form_=form)


def _role_page(project: Project, form: Any) -> str:
    return render_template("projects/role.html", project=project, form_=form)
