"""Deciding what follows: about a report, about a member, or to take a decision back. And the log of all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.messages.models import Report
from app.moderation.blueprint import blueprint
from app.moderation.forms import NewMeasure, Reversal
from app.moderation.models import Measure
from app.moderation.queries import log as log_page
from app.moderation.queries import waiting_appeals
from app.moderation.showing import measure_or_404, measure_page
from app.moderation.things import Thing, reported
from app.moderation.words import called
from app.policies import MODERATE, TAKE_BACK_MEASURE, TAKE_MEASURE
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role


@dataclass(frozen=True, slots=True)
class Case:
    """Whom a decision would be about, with the names of their roles; perhaps a thing of theirs, and who reported it."""

    member: Member
    roles: Sequence[str]
    thing: Thing | None = None
    report: Report | None = None

    @property
    def is_reported(self) -> bool:
        """Whether somebody waits for an answer."""
        return self.report is not None and self.report.state == "open"

    @property
    def can_hide(self) -> bool:
        return self.thing is not None and self.thing.can_be_hidden

    @property
    def here(self) -> str:
        """The address of the page on which it is decided."""
        if self.report is not None:
            return url_for("moderation.of_report", report_id=self.report.id)
        return url_for("moderation.of_member", member_id=self.member.id)


def member_case_or_404(member_id: UUID) -> Case:
    """Return the case of an active member.

    :raises NotFound: when this tenant has none of that id.
    """
    member = db.session.get(Member, (current_tenant_id(), member_id))
    if member is None or not member.is_active:
        raise NotFound
    return Case(member, _roles(member_id))


def report_case_or_404(report_id: UUID) -> Case:
    """Return the case that a report tells of; the report is locked until this request ends.

    :raises NotFound: when this tenant has none of that id, or what it is about is gone.
    """
    report = db.session.get(Report, (current_tenant_id(), report_id), with_for_update=True)
    thing = reported(report) if report is not None else None
    if report is None or thing is None:
        raise NotFound
    member = db.session.get_one(Member, (current_tenant_id(), thing.member_id))
    return Case(member, _roles(member.id), thing, report)


@blueprint.get("/desk/moderation")
@authorized(MODERATE)
def log() -> str:
    page = log_page(at=request.args.get("at"))
    return render_template("moderation/log.html", page=page, appeals=waiting_appeals(), called=called)


@blueprint.get("/desk/members/<uuid:member_id>/measures/new")
@authorized(TAKE_MEASURE, load=member_case_or_404)
def of_member(case: Case) -> str:
    return _case_page(case, _form(case, formdata=None))


@blueprint.post("/desk/members/<uuid:member_id>/measures/new")
@authorized(TAKE_MEASURE, load=member_case_or_404)
def decide_of_member(case: Case) -> tuple[str, int] | Response:
    return _decide(case)


@blueprint.get("/desk/reports/<uuid:report_id>/measure")
@authorized(TAKE_MEASURE, load=report_case_or_404)
def of_report(case: Case) -> str:
    return _case_page(case, _form(case, formdata=None))


@blueprint.post("/desk/reports/<uuid:report_id>/measure")
@authorized(TAKE_MEASURE, load=report_case_or_404)
def decide_of_report(case: Case) -> tuple[str, int] | Response:
    return _decide(case)


@blueprint.post("/measures/<uuid:measure_id>/reversal")
@authorized(TAKE_BACK_MEASURE, load=measure_or_404)
def reverse(measure: Measure) -> tuple[str, int] | Response:
    form = Reversal()
    if not form.validate_on_submit():
        return measure_page(measure, reversal=form), 422
    measure.lift(by=current_member(), why=form.why.data, now=clock.now())
    flash(_("It is taken back, and they are told."))
    return redirect(url_for("moderation.measure", measure_id=measure.id))


def _decide(case: Case) -> tuple[str, int] | Response:
    form, now = _form(case), clock.now()
    if not form.validate_on_submit():
        return _case_page(case, form), 422
    me, report = current_member(), case.report
    taken = Measure.take(
        form.kind.data,
        case.member.id,
        by=me,
        rule=form.rule.data,
        why=form.why.data,
        until=form.until(now=now),
        deeds=form.deeds.data,
        thing=case.thing,
        report_id=report.id if report is not None else None,
        now=now,
    )
    if report is not None and report.state == "open":
        answer = form.answer.data or _("It breaks a rule, and something was done about it. Thank you for telling us.")
        report.uphold(by=me, answer=answer, now=now)
    flash(_("Decided. %(name)s is told, with the rule and your reason.", name=case.member.name))
    return redirect(url_for("moderation.measure", measure_id=taken.id))


def _form(case: Case, **options: None) -> NewMeasure:
    return NewMeasure(can_hide=case.can_hide, is_reported=case.is_reported, **options)


def _roles(member_id: UUID) -> Sequence[str]:
    return db.session.scalars(select(Role.role).where(scoped(Role), Role.member_id == member_id)).all()


def _case_page(case: Case, form: NewMeasure) -> str:
    return render_template("moderation/decide.html", case=case, form_=form)
