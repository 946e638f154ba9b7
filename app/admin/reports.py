"""Reports as moderators see them: read, look, answer."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy import and_, select
from sqlalchemy.orm import aliased
from werkzeug.wrappers import Response

from app.admin.desk import blueprint
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import gettext as _
from app.messages.forms import RULES, ReportAnswer
from app.messages.models import Report
from app.moderation.things import reported
from app.moderation.words import THINGS
from app.policies import MODERATE
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member


def report_or_404(report_id: UUID) -> Report:
    """Return a report, locked until this request ends.

    :raises NotFound: when this tenant has none of that id.
    """
    report = db.session.get(Report, (current_tenant_id(), report_id), with_for_update=True)
    if report is None:
        raise NotFound
    return report


@blueprint.get("/reports")
@authorized(MODERATE)
def reports() -> str:
    reporter = aliased(Member)
    rows = db.session.execute(
        select(Report, reporter.name)
        .join(reporter, and_(reporter.tenant_id == Report.tenant_id, reporter.id == Report.reporter_id))
        .where(scoped(Report), Report.state == "open")
        .order_by(Report.id)
        .limit(200)
    ).all()
    return render_template("admin/reports.html", rows=rows, rules=RULES, things=THINGS)


@blueprint.get("/reports/<uuid:report_id>")
@authorized(MODERATE, load=report_or_404)
def report(found: Report) -> str:
    return _page(found, ReportAnswer())


@blueprint.post("/reports/<uuid:report_id>/upholding")
@authorized(MODERATE, load=report_or_404)
def uphold(found: Report) -> tuple[str, int] | Response:
    return _answer(found, found.uphold)


@blueprint.post("/reports/<uuid:report_id>/dismissal")
@authorized(MODERATE, load=report_or_404)
def dismiss(found: Report) -> tuple[str, int] | Response:
    return _answer(found, found.dismiss)


def _answer(found: Report, verb: Any) -> tuple[str, int] | Response:
    form = ReportAnswer()
    if not form.validate_on_submit():
        return _page(found, form), 422
    verb(by=current_member(), answer=form.answer.data, now=clock.now())
    flash(_("Answered. Whoever reported it is told."))
    return redirect(url_for("admin.reports"))


def _page(found: Report, form: Form) -> str:
    return render_template("admin/report.html", report=found, form_=form, about=_about(found), rules=RULES)


def _about(found: Report) -> dict[str, Any]:
    """Return what the report is about: a title, words, and where it stands."""
    thing = reported(found)
    if thing is None:
        return {"title": _("It is no longer here"), "words": "", "href": ""}
    return {"title": thing.title, "words": thing.words, "href": thing.href}
