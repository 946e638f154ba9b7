"""One request to be vetted: what is shown, what those who decide say, and how it ends."""

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.categories.models import Category, Skill
from app.core import clock, files
from app.core.database import db
from app.core.languages import gettext as _
from app.experts.blueprint import blueprint
from app.experts.deciders import are_partners, decides, leaders
from app.experts.failures import NoSuchVetting
from app.experts.forms import OpinionForm
from app.experts.models import Bench, Opinion, Vetting
from app.experts.queries import papers_of, vetting_or_404
from app.experts.states import VETTING
from app.policies import DECIDE_VETTING, SEE_VETTING, SETTLE_VETTING, TAKE_BACK_VETTING
from app.profiles.people import people
from tenants.context import Actor, current_tenant_id

_AT = "/vettings/<uuid:vetting_id>"


@blueprint.get(_AT)
@authorized(SEE_VETTING, load=vetting_or_404)
def show(vetting: Vetting) -> str:
    return _page(vetting)


@blueprint.post(f"{_AT}/opinions")
@authorized(DECIDE_VETTING, load=vetting_or_404)
def say(vetting: Vetting) -> Any:
    form = _form(vetting, current_member())
    if not form.validate_on_submit():
        return _page(vetting, form), 422
    vetting.say(form.says_yes, by=current_member(), now=clock.now(), **form.told)
    if vetting.state == "open":
        flash(_("Kept. Nobody reads it before the second decision is in."))
    else:
        flash(_("Both decisions are in."))
    return _back(vetting)


@blueprint.post(f"{_AT}/decision")
@authorized(SETTLE_VETTING, load=vetting_or_404)
def settle_tie(vetting: Vetting) -> Any:
    form = _form(vetting, current_member())
    if not form.validate_on_submit():
        return _page(vetting, form), 422
    vetting.settle_tie(form.says_yes, by=current_member(), now=clock.now(), **form.told)
    flash(_("Decided. They are told, with your reason."))
    return _back(vetting)


@blueprint.post(f"{_AT}/withdrawal")
@authorized(TAKE_BACK_VETTING, load=vetting_or_404)
def withdraw(vetting: Vetting) -> Response:
    vetting.withdraw(by=current_member(), now=clock.now())
    flash(_("Taken back."))
    return _back(vetting)


@blueprint.get(f"{_AT}/files/<uuid:paper_id>")
@authorized(SEE_VETTING, load=vetting_or_404)
def download(vetting: Vetting, paper_id: UUID) -> FlaskResponse:
    paper = next((one for one in papers_of(vetting.id) if one.id == paper_id), None)
    if paper is None:
        raise NoSuchVetting
    return files.respond(current_tenant_id(), paper.digest, paper.name)


def _form(vetting: Vetting, me: Actor, **options: Any) -> OpinionForm:
    partners = are_partners(me.id, vetting.member_id, now=clock.now())
    return OpinionForm(bench=Bench.of(vetting.category_id), are_partners=partners, asked=vetting.level, **options)


def _page(vetting: Vetting, form: OpinionForm | None = None) -> str:
    me, said = current_member(), vetting.opinions()
    task = _task(vetting, me, said)
    if form is None and task:
        form = _form(vetting, me, formdata=None)
    known = people({vetting.member_id, *(one.decider_id for one in said)})
    return render_template(
        "experts/vetting.html",
        vetting=vetting,
        category=db.session.get_one(Category, (current_tenant_id(), vetting.category_id)),
        skill=db.session.get(Skill, (current_tenant_id(), vetting.skill_id)) if vetting.skill_id else None,
        whose=known[vetting.member_id],
        people=known,
        papers=papers_of(vetting.id),
        said=_readable(vetting, me, said),
        count=len(said),
        label=VETTING.labels[vetting.state],
        task=task,
        form_=form,
    )


def _task(vetting: Vetting, me: Actor, said: list[Opinion]) -> str:
    """Return what whoever looks can do now: `say`, `settle`, or nothing."""
    if me.id == vetting.member_id or any(one.decider_id == me.id for one in said):
        return ""
    elif vetting.state == "open" and decides(me, vetting.category_id, vetting.member_id):
        return "say"
    return "settle" if vetting.state == "tied" and me.id in leaders() else ""


def _readable(vetting: Vetting, me: Actor, said: list[Opinion]) -> list[Opinion]:
    """Return what may be read of what was said: one's own at once, everybody's once it is decided. What is tied is read by
    those who said it, and by those who settle it.
    """
    has_said = any(one.decider_id == me.id for one in said)
    if not vetting.is_waiting or (vetting.state == "tied" and (has_said or me.id in leaders() - {vetting.member_id})):
        return said
    return [one for one in said if one.decider_id == me.id]


def _back(vetting: Vetting) -> Response:
    return redirect(url_for(".show", vetting_id=vetting.id))
