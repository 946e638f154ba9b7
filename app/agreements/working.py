"""The steps of the work: beginning, pausing, handing over, answering."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.agreements.blueprint import blueprint
from app.agreements.forms import DeliveryForm, PauseForm, ReasonForm, Seen
from app.agreements.models import Agreement, Attachment
from app.agreements.page import scene_of
from app.agreements.queries import agreement_or_404
from app.agreements.states import AGREEMENT
from app.authorization import authorized, current_member
from app.core import clock, files
from app.core.errors import Invalid
from app.core.languages import gettext as _
from app.policies import ANSWER_WORK, BE_A_SIDE, HAND_OVER
from tenants.context import current_tenant_id


@blueprint.post("/agreements/<uuid:agreement_id>/start")
@authorized(BE_A_SIDE, load=agreement_or_404)
def start(agreement: Agreement) -> Response:
    agreement.start(by=current_member(), now=clock.now())
    return _to(agreement, _("Work has begun."))


@blueprint.get("/agreements/<uuid:agreement_id>/pause")
@authorized(BE_A_SIDE, load=agreement_or_404)
def ask_pause(agreement: Agreement) -> str:
    AGREEMENT.transition(agreement.state, "pause")
    return _pause_page(agreement, PauseForm())


@blueprint.post("/agreements/<uuid:agreement_id>/pause")
@authorized(BE_A_SIDE, load=agreement_or_404)
def pause(agreement: Agreement) -> tuple[str, int] | Response:
    form = PauseForm()
    if not form.validate_on_submit():
        return _pause_page(agreement, form), 422
    try:
        agreement.pause(by=current_member(), why=form.reason.data, resume_on=form.resume_on.data, now=clock.now())
    except Invalid as refusal:
        form.refuse("resume_on", refusal.message)
        return _pause_page(agreement, form), 422
    return _to(agreement, _("It rests now, and they are told why."))


@blueprint.post("/agreements/<uuid:agreement_id>/resumption")
@authorized(BE_A_SIDE, load=agreement_or_404)
def resume(agreement: Agreement) -> Response:
    agreement.resume(by=current_member(), now=clock.now())
    return _to(agreement, _("The work goes on."))


@blueprint.get("/agreements/<uuid:agreement_id>/deliveries/new")
@authorized(HAND_OVER, load=agreement_or_404)
def new_delivery(agreement: Agreement) -> str:
    AGREEMENT.transition(agreement.state, "deliver")
    return _delivery_page(agreement, DeliveryForm())


@blueprint.post("/agreements/<uuid:agreement_id>/deliveries")
@authorized(HAND_OVER, load=agreement_or_404)
def deliver(agreement: Agreement) -> tuple[str, int] | Response:
    AGREEMENT.transition(agreement.state, "deliver")
    form = DeliveryForm()
    _offer_milestones(agreement, form)
    if not form.validate_on_submit():
        return _delivery_page(agreement, form), 422
    agreement.deliver(
        by=current_member(),
        note=form.note.data,
        links=form.addresses,
        files=_kept(form),
        milestone_id=form.milestone_id.data,
        now=clock.now(),
    )
    return _to(agreement, _("Handed over. You hear as soon as there is an answer."))


@blueprint.post("/agreements/<uuid:agreement_id>/acceptance")
@authorized(ANSWER_WORK, load=agreement_or_404)
def accept(agreement: Agreement) -> Response:
    form = Seen()
    agreement.accept(by=current_member(), seen=form.delivery_seen, now=clock.now())
    return _to(
        agreement, _("Accepted.") if agreement.state == "accepted" else _("This part is accepted; the work goes on.")
    )


@blueprint.get("/agreements/<uuid:agreement_id>/change-requests/new")
@authorized(ANSWER_WORK, load=agreement_or_404)
def new_change_request(agreement: Agreement) -> str:
    AGREEMENT.transition(agreement.state, "request_changes")
    delivery = agreement.waiting_delivery()
    return _changes_page(agreement, ReasonForm(data={"seen": delivery.id if delivery else ""}))


@blueprint.post("/agreements/<uuid:agreement_id>/change-requests")
@authorized(ANSWER_WORK, load=agreement_or_404)
def request_changes(agreement: Agreement) -> tuple[str, int] | Response:
    form = ReasonForm()
    if not form.validate_on_submit():
        return _changes_page(agreement, form), 422
    agreement.request_changes(by=current_member(), why=form.reason.data, seen=form.delivery_seen, now=clock.now())
    return _to(agreement, _("They are told what is missing."))


def _kept(form: DeliveryForm) -> Iterator[Attachment]:
    """Keep the files that came along, and give a row for each."""
    me = current_member().id
    for upload in form.files.data:
        file = files.keep(upload, tenant_id=current_tenant_id(), owner=str(me))
        yield Attachment(
            uploaded_by=me,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            digest=file.digest,
            created_at=clock.now(),
        )


def _offer_milestones(agreement: Agreement, form: DeliveryForm) -> None:
    parts = agreement.milestones()
    returned = [part for part in parts if part.state == "changes_requested"]
    form.milestone_id.options = [
        (part.id, part.title) for part in returned or (part for part in parts if part.can_be_delivered)
    ]
    if form.milestone_id.options and not form.milestone_id.was_sent:
        form.milestone_id.data = form.milestone_id.options[0].value


def _delivery_page(agreement: Agreement, form: DeliveryForm) -> str:
    _offer_milestones(agreement, form)
    scene = scene_of(agreement, current_member())
    return render_template("agreements/delivery.html", agreement=agreement, scene=scene, form_=form)


def _pause_page(agreement: Agreement, form: PauseForm) -> str:
    return render_template(
        "agreements/pause.html", agreement=agreement, scene=scene_of(agreement, current_member()), form_=form
    )


def _changes_page(agreement: Agreement, form: ReasonForm) -> str:
    return render_template(
        "agreements/changes.html", agreement=agreement, scene=scene_of(agreement, current_member()), form_=form
    )


def _to(agreement: Agreement, words: str) -> Response:
    flash(words)
    return redirect(url_for("agreements.show", agreement_id=agreement.id))
