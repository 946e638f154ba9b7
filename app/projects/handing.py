"""Somebody is asked to lead a project on, and says yes or no."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.forms import Choice, Form, Paragraphs
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.limits import allow
from app.policies import HAND_PROJECT_OVER, LEAD_PROJECT_ON
from app.profiles.people import people
from app.projects.blueprint import blueprint, to_project
from app.projects.failures import HandoverOpen, NobodyAsked, TooLate
from app.projects.forms import WhyForm
from app.projects.leaders import leaders_for
from app.projects.models import Project
from app.projects.queries import project_or_404
from app.projects.states import LED
from tenants.context import Actor

#: How many somebody may ask in a day.
A_DAY = 10


class HandoverForm(Form):
    """Who is asked. `_form` makes the one that fits a project."""

    note = Paragraphs(
        _l("A word to them"),
        max=1000,
        required=_l("Say why, and what they should know."),
        hint=_l("Why you ask, and how far things are. The brief and the plan they see by themselves."),
    )


@blueprint.get("/projects/<uuid:project_id>/handover")
@authorized(HAND_PROJECT_OVER, load=project_or_404)
def ask_handover(project: Project) -> str:
    _refuse_unfit(project)
    return _page(project, _form(project, empty=True))


@blueprint.post("/projects/<uuid:project_id>/handover")
@authorized(HAND_PROJECT_OVER, load=project_or_404)
def hand_over(project: Project) -> tuple[str, int] | Response:
    _refuse_unfit(project)
    form, me = _form(project), current_member()
    if not form.validate_on_submit():
        return _page(project, form), 422
    allow("handovers", str(me.id), limit=A_DAY, per=timedelta(days=1))
    project.hand_over(form.to_id.data, why=form.note.data, by=me, now=clock.now())
    flash(_("They are asked. Everything stays as it is until they say yes."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/handover/return")
@authorized(HAND_PROJECT_OVER, load=project_or_404)
def take_back_handover(project: Project) -> Response:
    project.ask_no_more(by=current_member(), now=clock.now())
    flash(_("They are not asked any more."))
    return to_project(project.id)


@blueprint.post("/projects/<uuid:project_id>/handover/acceptance")
@authorized(LEAD_PROJECT_ON, load=project_or_404)
def take_on(project: Project) -> Response:
    project.take_on(by=current_member(), now=clock.now())
    flash(_("You lead it from now on, and everybody in it is told."))
    return to_project(project.id)


@blueprint.get("/projects/<uuid:project_id>/handover/refusal")
@authorized(LEAD_PROJECT_ON, load=project_or_404)
def ask_not_to_lead(project: Project) -> str:
    return _refusal_page(project, WhyForm(formdata=None))


@blueprint.post("/projects/<uuid:project_id>/handover/refusal")
@authorized(LEAD_PROJECT_ON, load=project_or_404)
def decline_to_lead(project: Project) -> tuple[str, int] | Response:
    form = WhyForm()
    if not form.validate_on_submit():
        return _refusal_page(project, form), 422
    project.decline_to_lead(by=current_member(), why=form.reason.data, now=clock.now())
    flash(_("You said no, and they are told why."))
    return redirect(url_for("projects.index"))


def handover_of(project: Project, viewer: Actor) -> dict[str, Any] | None:
    """Return what a project's page says of who leads it: whoever is asked, whether nobody leads it, and what `viewer` can do;
    None where there is nothing to say.
    """
    asked, is_unled = project.open_handover(), project.unled_at is not None
    may_ask = project.state in LED and project.may_be_handed_over_by(viewer)
    is_theirs = viewer.id in (project.coordinator_id, asked.to_id if asked else None)
    if not is_theirs and not project.acts_as_client(viewer):
        return None
    known = people([asked.to_id, asked.asked_by] if asked else [])
    return {
        "is_unled": is_unled and project.state in LED,
        "may_ask": may_ask and asked is None,
        "to": known[asked.to_id] if asked else None,
        "by": known[asked.asked_by] if asked else None,
        "note": asked.note if asked else "",
        "is_mine": asked is not None and asked.to_id == viewer.id,
        "may_take_back": asked is not None and project.may_be_handed_over_by(viewer),
    }


def _refuse_unfit(project: Project) -> None:
    if project.state not in LED:
        raise TooLate
    if project.open_handover() is not None:
        raise HandoverOpen


def _form(project: Project, *, empty: bool = False) -> Any:
    able = leaders_for(project.category_id) - {project.client_id, project.coordinator_id} - project.team()
    named = sorted(people(able).values(), key=lambda one: (one.name, one.id))
    fields = {
        "to_id": Choice(
            _("Who is asked"),
            options=[(one.id, one.name) for one in named],
            required=_("Choose somebody."),
            hint=_("Whoever leads or advises the category, and the leaders of the marketplace."),
        )
    }
    return type("HandoverForm", (HandoverForm,), fields)(**({"formdata": None} if empty else {}))


def _page(project: Project, form: Any) -> str:
    return render_template("projects/handover.html", project=project, form_=form)


def _refusal_page(project: Project, form: WhyForm) -> str:
    asked = project.open_handover()
    if asked is None:
        raise NobodyAsked
    return render_template("projects/not_leading.html", project=project, form_=form)
