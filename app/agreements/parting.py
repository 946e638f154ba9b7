"""Ending an agreement early, disputing it, and a leader's word."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.agreements.blueprint import blueprint
from app.agreements.forms import ReasonForm, SettlementForm
from app.agreements.models import Agreement
from app.agreements.page import scene_of
from app.agreements.queries import agreement_or_404
from app.agreements.scene import Scene
from app.agreements.settling import foretold
from app.agreements.states import AGREEMENT, NEGOTIATED
from app.authorization import authorized, current_member
from app.core import clock
from app.core.languages import gettext as _
from app.policies import PART_WAYS, SETTLE_DISPUTE


@blueprint.get("/agreements/<uuid:agreement_id>/cancellation")
@authorized(PART_WAYS, load=agreement_or_404)
def ask_cancellation(agreement: Agreement) -> str:
    AGREEMENT.transition(agreement.state, "cancel")
    return _cancel_page(agreement, ReasonForm())


@blueprint.post("/agreements/<uuid:agreement_id>/cancellation")
@authorized(PART_WAYS, load=agreement_or_404)
def cancel(agreement: Agreement) -> tuple[str, int] | Response:
    form = ReasonForm()
    if not form.validate_on_submit():
        return _cancel_page(agreement, form), 422
    agreement.cancel(by=current_member(), why=form.reason.data, now=clock.now())
    return _to(agreement, _("It is ended, and they are told why."))


@blueprint.get("/agreements/<uuid:agreement_id>/dispute")
@authorized(PART_WAYS, load=agreement_or_404)
def ask_dispute(agreement: Agreement) -> str:
    AGREEMENT.transition(agreement.state, "dispute")
    return _dispute_page(agreement, ReasonForm())


@blueprint.post("/agreements/<uuid:agreement_id>/dispute")
@authorized(PART_WAYS, load=agreement_or_404)
def dispute(agreement: Agreement) -> tuple[str, int] | Response:
    form = ReasonForm()
    if not form.validate_on_submit():
        return _dispute_page(agreement, form), 422
    agreement.dispute(by=current_member(), why=form.reason.data, now=clock.now())
    return _to(agreement, _("A leader is asked to look."))


@blueprint.get("/agreements/<uuid:agreement_id>/settlement")
@authorized(SETTLE_DISPUTE, load=agreement_or_404)
def ask_settlement(agreement: Agreement) -> str:
    AGREEMENT.transition(agreement.state, "resolve")
    agreement.refuse_own_cause(current_member())
    return _settlement_page(agreement, SettlementForm())


@blueprint.post("/agreements/<uuid:agreement_id>/settlement")
@authorized(SETTLE_DISPUTE, load=agreement_or_404)
def settle(agreement: Agreement) -> tuple[str, int] | Response:
    form = SettlementForm()
    if not form.validate_on_submit():
        return _settlement_page(agreement, form), 422
    by, words, now = current_member(), form.reason.data, clock.now()
    if form.outcome.data == "goes_on":
        agreement.reinstate(by=by, why=words, now=now)
    else:
        agreement.resolve(by=by, outcome=form.outcome.data, why=words, now=now)
    return _to(agreement, _("Both are told what you decided."))


def consequences(scene: Scene) -> list[str]:
    """Return what will happen when whoever looks ends the agreement, before they do."""
    agreement, name = scene.agreement, scene.other
    told = _("%(name)s reads your reason at once.", name=name)
    if agreement.state in NEGOTIATED:
        mine = agreement.gig.author_id == current_member().id
        back = (
            _("%(name)s goes back to your short list.", name=name)
            if mine
            else _("Your application ends; you may apply anew.")
        )
        return [told, back]
    lines = [told, *foretold(agreement), _("The place on the gig is free again, for somebody else.")]
    if agreement.started_at:
        lines += [
            _("What was handed over so far stays here for both of you."),
            _("You can both say how it went, for two weeks; the reviews are published together."),
        ]
    return lines


def _cancel_page(agreement: Agreement, form: ReasonForm) -> str:
    scene = scene_of(agreement, current_member())
    return render_template(
        "agreements/cancel.html", agreement=agreement, scene=scene, form_=form, consequences=consequences(scene)
    )


def _dispute_page(agreement: Agreement, form: ReasonForm) -> str:
    scene = scene_of(agreement, current_member())
    return render_template("agreements/dispute.html", agreement=agreement, scene=scene, form_=form)


def _settlement_page(agreement: Agreement, form: SettlementForm) -> str:
    scene = scene_of(agreement, current_member())
    return render_template("agreements/settlement.html", agreement=agreement, scene=scene, form_=form)


def _to(agreement: Agreement, words: str) -> Response:
    flash(words)
    return redirect(url_for("agreements.show", agreement_id=agreement.id))
