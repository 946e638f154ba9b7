"""Roles are opened, parts are put to people, and they say yes or no; somebody else takes one on."""

from dataclasses import replace
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agreements.forms import TermsForm, terms_form
from app.agreements.terms import Terms
from app.agreements.wording import in_words
from app.applications.models import Application
from app.applications.queries import application_or_404
from app.authorization import authorized, current_member
from app.commissions.wording import account_of
from app.core import clock, markdown
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.policies import ANSWER_APPLICATION, ANSWER_PART, COORDINATE
from app.profiles.people import people
from app.projects.blueprint import blueprint, to_project
from app.projects.forms import WhyForm
from app.projects.models import Project, Role
from app.projects.models.budget import applied_to
from app.projects.queries import project_of, project_or_404, role_of_gig, role_or_404
from tenants.context import tenant


def role_here(project: Project, role_id: UUID) -> Role:
    """Return a role of this project.

    :raises NotFound: when it is another's.
    """
    role = role_or_404(role_id)
    if role.project_id != project.id:
        raise NotFound
    return role


@blueprint.post("/projects/<uuid:project_id>/roles/<uuid:role_id>/opening")
@authorized(COORDINATE, load=project_or_404)
def open_role(project: Project, role_id: UUID) -> Response:
    role = role_here(project, role_id)
    project.open_role(role, by=current_member())
    is_open = role.gig.is_open
    flash(_("Members see it now and can raise a hand.") if is_open else _("Its category's leaders look at it first."))
    return to_project(project.id)


@blueprint.get("/applications/<uuid:application_id>/part")
@authorized(ANSWER_APPLICATION, load=application_or_404)
def new_part(application: Application) -> str:
    role = _role_of(application)
    terms = role.part if role.terms and not role.was_taken else _from_gig(role)
    return _part_form(application, role, terms_form(terms))


@blueprint.post("/applications/<uuid:application_id>/part")
@authorized(ANSWER_APPLICATION, load=application_or_404)
def ask(application: Application) -> str | tuple[str, int] | Response:
    role = _role_of(application)
    form = terms_form(_from_gig(role), sent=request.form)
    if "more" in request.form:
        return _part_form(application, role, form)
    if not form.validate_on_submit():
        return _part_form(application, role, form), 422
    terms = replace(form.terms, pay_kind="fixed") if form.terms.settlement == "money" else form.terms
    project = project_of(role)
    for name, message in terms.faults():
        form.refuse(name if name in form else None, message)
        return _part_form(application, role, form), 422
    project.ask(role, application, terms, by=current_member(), now=clock.now())
    flash(_("They are asked. You hear as soon as they say yes or no."))
    return to_project(project.id)


@blueprint.get("/parts/<uuid:role_id>")
@authorized(ANSWER_PART, load=role_or_404)
def part(role: Role) -> str:
    project, today = project_of(role), clock.today(tenant.time_zone)
    known = people([project.client_id, project.coordinator_id])
    terms = role.part
    taken = applied_to(project, role, project.fee_points)
    client, me = known[project.client_id], current_member()
    return render_template(
        "projects/part.html",
        project=project,
        role=role,
        coordinator=known[project.coordinator_id],
        client=client,
        brief=markdown.render(project.brief),
        scope=markdown.render(terms.scope) if terms.scope else "",
        terms=in_words(terms, today),
        conditions=terms.conditions,
        pay=account_of(terms, taken, side="worker", client=client.first_name, worker=me.name),
    )


@blueprint.post("/parts/<uuid:role_id>/consent")
@authorized(ANSWER_PART, load=role_or_404)
def say_yes(role: Role) -> Response:
    project, seen = project_of(role), WhyForm().round_seen
    project.say_yes(role, by=current_member(), seen=seen, now=clock.now())
    flash(_("Good. It is agreed as soon as the client takes the offer; you are told at once."))
    return redirect(url_for("projects.part", role_id=role.id))


@blueprint.get("/parts/<uuid:role_id>/refusal")
@authorized(ANSWER_PART, load=role_or_404)
def ask_refusal(role: Role) -> str:
    return _refusal_page(role, WhyForm(formdata=None, data={"seen": role.round}))


@blueprint.post("/parts/<uuid:role_id>/refusal")
@authorized(ANSWER_PART, load=role_or_404)
def say_no(role: Role) -> tuple[str, int] | Response:
    form, project = WhyForm(), project_of(role)
    if not form.validate_on_submit():
        return _refusal_page(role, form), 422
    project.say_no(role, by=current_member(), seen=form.round_seen, why=form.reason.data)
    flash(_("You said no, and they are told why. Your hand is still up; the coordinator may ask you anew."))
    return redirect(url_for("projects.index"))


def _from_gig(role: Role) -> Terms:
    project = project_of(role)
    terms = Terms.of_gig(role.gig, currency=project.currency or tenant.currency)
    return replace(terms, pay_kind="fixed") if terms.settlement == "money" else terms


def _role_of(application: Application) -> Role:
    role = role_of_gig(application.gig_id)
    if role is None:
        raise NotFound
    return role


def _part_form(application: Application, role: Role, form: TermsForm) -> str:
    applicant = people([application.applicant_id])[application.applicant_id]
    return render_template(
        "projects/ask.html",
        application=application,
        project=project_of(role),
        gig=role.gig,
        applicant=applicant,
        form_=form,
    )


def _refusal_page(role: Role, form: WhyForm) -> str:
    return render_template("projects/refusal.html", role=role, project=project_of(role), form_=form)
