"""Reading what was decided about oneself, appealing, and answering an appeal."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, public
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.moderation.blueprint import blueprint
from app.moderation.forms import AppealAnswer, NewAppeal
from app.moderation.models import Appeal, Measure
from app.moderation.queries import of_member
from app.moderation.showing import appeal_or_404, measure_or_404, measure_page
from app.moderation.tokens import measure_of
from app.moderation.words import effect
from app.policies import ANSWER_APPEAL, APPEAL, BE_HERE, SEE_MEASURE


@blueprint.get("/measures")
@authorized(BE_HERE, before_rules=True)
def mine() -> str:
    measures = [
        (one, one.called, effect(one.kind, one.until, one.deeds, category or ""))
        for one, category in of_member(current_member().id)
    ]
    return render_template("moderation/mine.html", measures=measures)


@blueprint.get("/measures/<uuid:measure_id>")
@authorized(SEE_MEASURE, load=measure_or_404, before_rules=True)
def measure(found: Measure) -> str:
    return measure_page(found)


@blueprint.post("/measures/<uuid:measure_id>/appeal")
@authorized(APPEAL, load=measure_or_404, before_rules=True)
def appeal(found: Measure) -> tuple[str, int] | Response:
    form = NewAppeal()
    if not form.validate_on_submit():
        return measure_page(found, form=form), 422
    Appeal.against(found, words=form.words.data, now=clock.now())
    flash(_("Somebody else looks at it now. You will hear what they find."))
    return redirect(url_for("moderation.measure", measure_id=found.id))


@blueprint.post("/appeals/<uuid:appeal_id>/granting")
@authorized(ANSWER_APPEAL, load=appeal_or_404)
def grant(found: Appeal) -> tuple[str, int] | Response:
    return _answer(found, "grant")


@blueprint.post("/appeals/<uuid:appeal_id>/refusal")
@authorized(ANSWER_APPEAL, load=appeal_or_404)
def refuse(found: Appeal) -> tuple[str, int] | Response:
    return _answer(found, "refuse")


@blueprint.get("/appeals/by-link/<token>")
@public
def by_link(token: str) -> str:
    """For whoever cannot sign in here any more: the letter that told them leads here."""
    return measure_page(_of_link(token), action=url_for("moderation.appeal_by_link", token=token))


@blueprint.post("/appeals/by-link/<token>")
@public
def appeal_by_link(token: str) -> tuple[str, int] | Response:
    found, form = _of_link(token), NewAppeal()
    here = url_for("moderation.by_link", token=token)
    if not form.validate_on_submit():
        return measure_page(found, form=form, action=here), 422
    Appeal.against(found, words=form.words.data, now=clock.now())
    flash(_("Somebody else looks at it now. You will hear what they find."))
    return redirect(here)


def _of_link(token: str) -> Measure:
    measure_id: UUID | None = measure_of(token)
    if measure_id is None:
        raise NotFound
    return measure_or_404(measure_id)


def _answer(found: Appeal, verb: str) -> tuple[str, int] | Response:
    form = AppealAnswer()
    if not form.validate_on_submit():
        decided = db.session.get_one(Measure, (found.tenant_id, found.measure_id))
        return measure_page(decided, answer=form), 422
    getattr(found, verb)(by=current_member(), answer=form.answer.data, now=clock.now())
    flash(_("Answered. They are told."))
    return redirect(url_for("moderation.log"))
