"""Reports of a category's gigs: its leaders may find nothing against the rules; what follows otherwise, moderators decide."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, render_template
from sqlalchemy import and_, select

from app.authorization import authorized, current_member
from app.category_desk.blueprint import blueprint
from app.category_desk.desk import category_by_id_or_404, to_desk
from app.category_desk.forms import FlagAnswer
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.gigs.models import Gig
from app.messages.forms import RULES
from app.messages.models import Report
from app.policies import ANSWER_FLAG
from tenants.isolation import scoped


class NoSuchFlag(NotFound):
    message = _l("There is no such report here.")


@dataclass(frozen=True, slots=True)
class Flag:
    """A report and the gig that it is about."""

    report: Report
    gig: Gig

    @property
    def category_id(self) -> UUID | None:
        return self.gig.category_id

    @property
    def author_id(self) -> UUID:
        return self.gig.author_id

    @property
    def helper_id(self) -> UUID | None:
        return self.gig.helper_id


def flag_or_404(report_id: UUID) -> Flag:
    """Return a report of a gig, locked until this request ends.

    :raises NoSuchFlag: when there is none of that id, or it is about something else.
    """
    found = (
        select(Report, Gig)
        .join(Gig, and_(Gig.tenant_id == Report.tenant_id, Gig.id == Report.subject_id))
        .where(scoped(Report), Report.id == report_id, Report.subject_kind == "gig")
        .with_for_update(of=Report)
    )
    row = db.session.execute(found).one_or_none()
    if row is None:
        raise NoSuchFlag
    return Flag(*row)


@blueprint.get("/desk/flags/<uuid:report_id>")
@authorized(ANSWER_FLAG, load=flag_or_404)
def flag(flag: Flag) -> str:
    return _flag_page(flag, FlagAnswer(formdata=None))


@blueprint.post("/desk/flags/<uuid:report_id>")
@authorized(ANSWER_FLAG, load=flag_or_404)
def dismiss_flag(flag: Flag) -> Any:
    form = FlagAnswer()
    if not form.validate_on_submit():
        return _flag_page(flag, form), 422
    flag.report.dismiss(by=current_member(), answer=form.answer.data, now=clock.now())
    flash(_("It may stay. Whoever reported it is told."))
    return to_desk(flag.category_id)


def _flag_page(flag: Flag, form: FlagAnswer) -> str:
    category = category_by_id_or_404(flag.category_id) if flag.category_id else None
    return render_template(
        "category_desk/flag.html",
        flag=flag,
        category=category,
        form_=form,
        rule=RULES.get(flag.report.rule, flag.report.rule),
    )
