"""Raising a hand, and answering those who did."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.applications import answering, gig_standing
from app.applications.forms import ApplicationForm, RefusalForm, WithdrawalForm, application_form
from app.applications.models import Application
from app.applications.queries import application_or_404, applications_by, applications_of, held_skills
from app.applications.raising import my_application, obstacle, raise_hand
from app.applications.showing import STANDS, grouped, last_day
from app.applications.states import APPLICATION
from app.authorization import authorized, current_member
from app.core import clock, markdown
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.limits import allow
from app.gigs import wording
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.mandates.wording import said_by
from app.policies import (
    ANSWER_APPLICATION,
    APPLY,
    SEE_APPLICATION,
    SEE_APPLICATIONS,
    SEE_OWN_HANDS,
    WITHDRAW_APPLICATION,
)
from app.profiles.people import as_person, people
from tenants.context import tenant, who_decides

__all__ = ["answering", "blueprint", "gig_standing"]

_HOUR = timedelta(hours=1)

blueprint = Blueprint("applications", __name__, subdomain="hall")


@blueprint.get("/gigs/<uuid:gig_id>/applications/new")
@authorized(APPLY, load=gig_or_404)
def new(gig: Gig) -> str | Response:
    mine = my_application(gig, by=current_member())
    if mine is not None and (mine.is_waiting or mine.state == "accepted"):
        return redirect(url_for("applications.show", application_id=mine.id))
    refusal = obstacle(gig, by=current_member())
    if refusal:
        raise refusal
    return _form_page(gig, application_form(gig.questions))


@blueprint.post("/gigs/<uuid:gig_id>/applications")
@authorized(APPLY, load=gig_or_404)
def apply(gig: Gig) -> tuple[str, int] | Response:
    form = application_form(gig.questions)
    if not form.validate_on_submit():
        return _form_page(gig, form), 422
    for one in who_decides(current_member().id):
        allow("applications", str(one), limit=30, per=_HOUR)
    made = raise_hand(gig, by=current_member(), note=form.note.data, answers=form.answers, now=clock.now())
    flash(_("Your hand is up. You will hear from them."))
    return redirect(url_for("applications.show", application_id=made.id))


@blueprint.get("/gigs/<uuid:gig_id>/applications")
@authorized(SEE_APPLICATIONS, load=gig_or_404)
def of_gig(gig: Gig) -> str:
    rows = applications_of(gig.id)
    skills = held_skills(gig.id, [row.id for row in rows])
    groups = grouped(rows, skills, clock.today(tenant.time_zone))
    return render_template("applications/of_gig.html", gig=gig, groups=groups, total=len(rows))


@blueprint.get("/applications")
@authorized(SEE_OWN_HANDS)
def mine() -> str:
    today = clock.today(tenant.time_zone)
    rows = [
        {
            "row": row,
            "label": APPLICATION.labels[row.state],
            "author": as_person(row),
            "until": last_day(row.deadline_at, today) if row.deadline_at else "",
            "pay": wording.pay(row)[0],
        }
        for row in applications_by(current_member().id)
    ]
    waiting = [one for one in rows if one["row"].state in ("sent", "shortlisted", "offered")]
    over = [one for one in rows if one not in waiting]
    return render_template("applications/mine.html", waiting=waiting, over=over)


@blueprint.get("/applications/<uuid:application_id>")
@authorized(SEE_APPLICATION, load=application_or_404)
def show(application: Application) -> str:
    if application.applicant_id != current_member().id:
        return _author_page(application)
    today = clock.today(tenant.time_zone)
    known = people([application.gig.answered_by, application.applicant_id, application.helper_id])
    author = known[application.gig.answered_by]
    helper = known.get(application.helper_id) if application.helper_id else None
    title, text = STANDS[application.state]
    return render_template(
        "applications/show.html",
        application=application,
        gig=application.gig,
        author=author,
        sent_by=said_by(known[application.applicant_id].name, helper.name) if helper else "",
        note=markdown.render(application.note),
        title=title.format(name=author.first_name),
        text=text.format(name=author.first_name),
        until=last_day(application.deadline_at, today) if application.deadline_at else "",
        label=APPLICATION.labels[application.state],
    )


@blueprint.post("/applications/<uuid:application_id>/shortlisting")
@authorized(ANSWER_APPLICATION, load=application_or_404)
def shortlist(application: Application) -> Response:
    application.shortlist(by=current_member(), now=clock.now())
    return _back_to_gig(application, _("On the short list."))


@blueprint.post("/applications/<uuid:application_id>/unlisting")
@authorized(ANSWER_APPLICATION, load=application_or_404)
def unlist(application: Application) -> Response:
    application.unlist(by=current_member(), now=clock.now())
    return _back_to_gig(application, _("Off the short list."))


@blueprint.get("/applications/<uuid:application_id>/refusal")
@authorized(ANSWER_APPLICATION, load=application_or_404)
def ask_refusal(application: Application) -> str:
    APPLICATION.transition(application.state, "decline")
    return _refusal_page(application, RefusalForm())


@blueprint.post("/applications/<uuid:application_id>/refusal")
@authorized(ANSWER_APPLICATION, load=application_or_404)
def decline(application: Application) -> tuple[str, int] | Response:
    form = RefusalForm()
    if not form.validate_on_submit():
        return _refusal_page(application, form), 422
    application.decline(by=current_member(), why=form.reason, now=clock.now())
    return _back_to_gig(application, _("They are told, in your words."))


@blueprint.get("/applications/<uuid:application_id>/withdrawal")
@authorized(WITHDRAW_APPLICATION, load=application_or_404)
def ask_withdrawal(application: Application) -> str:
    APPLICATION.transition(application.state, "withdraw")
    return _withdrawal_page(application, WithdrawalForm())


@blueprint.post("/applications/<uuid:application_id>/withdrawal")
@authorized(WITHDRAW_APPLICATION, load=application_or_404)
def withdraw(application: Application) -> tuple[str, int] | Response:
    form = WithdrawalForm()
    if not form.validate_on_submit():
        return _withdrawal_page(application, form), 422
    application.withdraw(by=current_member(), why=form.reason.data, now=clock.now())
    flash(_("You stepped back, and they are told."))
    return redirect(url_for("applications.show", application_id=application.id))


@blueprint.errorhandler(Conflict)
def _already(refusal: Conflict) -> tuple[str, int]:
    """Say how things stand, with a way there: for a second tab, a double click, the button back."""
    values: dict[str, Any] = request.view_args or {}
    return render_template("applications/refused.html", status=409, message=refusal.message, **values), 409


def _form_page(gig: Gig, form: ApplicationForm) -> str:
    author = people([gig.answered_by])[gig.answered_by]
    return render_template("applications/new.html", gig=gig, form_=form, author=author)


def _author_page(application: Application) -> str:
    rows = [row for row in applications_of(application.gig_id) if row.application_id == application.id]
    skills = held_skills(application.gig_id, [application.applicant_id])
    ((_, shown),) = grouped(rows, skills, clock.today(tenant.time_zone))
    return render_template("applications/one.html", gig=application.gig, one=shown[0])


def _refusal_page(application: Application, form: RefusalForm) -> str:
    applicant = people([application.applicant_id])[application.applicant_id]
    return render_template("applications/refusal.html", application=application, applicant=applicant, form_=form)


def _withdrawal_page(application: Application, form: WithdrawalForm) -> str:
    return render_template("applications/withdrawal.html", application=application, gig=application.gig, form_=form)


def _back_to_gig(application: Application, words: str) -> Response:
    flash(words)
    return redirect(url_for("applications.of_gig", gig_id=application.gig_id))
