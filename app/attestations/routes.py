"""Taking reviews along, letting one's name go with them, and showing those from elsewhere."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from app.accounts.tribes import tribes_of
from app.attestations.carried import CarriedReview
from app.attestations.failures import MayNotArrive, MayNotLeave, NoSuchAttestation, Refused
from app.attestations.forms import Bringing, Taking
from app.attestations.models import Attestation
from app.attestations.queries import asked_of, carried_about, to_take
from app.attestations.shown import as_questions, as_reviews, as_rows, notes, options
from app.attestations.statement import read, written
from app.attestations.taking import bring, lets_in, lets_out, take
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.core.languages import gettext as _
from app.policies import ANSWER_NAMING, BE_HERE, DROP_CARRIED, WITHDRAW_REVIEW
from app.reviews.models import Review
from tenants.context import current_tenant_id, tenant
from tenants.links import hall_url
from tenants.versions import touch

blueprint = Blueprint("attestations", __name__, subdomain="hall")


def attestation_or_404(attestation_id: UUID) -> Attestation:
    """Return what was settled about taking a review, locked.

    :raises NoSuchAttestation: when this tenant has none of that id.
    """
    found = db.session.get(Attestation, (current_tenant_id(), attestation_id), with_for_update=True)
    if found is None:
        raise NoSuchAttestation
    return found


def carried_or_404(carried_id: UUID) -> CarriedReview:
    """Return a review from elsewhere, locked.

    :raises NoSuchAttestation: when none of that id is shown here.
    """
    found = db.session.get(CarriedReview, (current_tenant_id(), carried_id), with_for_update=True)
    if found is None or found.is_dropped:
        raise NoSuchAttestation
    return found


@blueprint.get("/reviews/along")
@authorized(BE_HERE)
def along() -> str:
    return _along_page(Taking())


@blueprint.post("/reviews/along")
@authorized(BE_HERE)
def take_along() -> Any:
    me, form = current_member(), Taking()
    form.reviews.options = options(to_take(me.id))
    if not form.validate_on_submit():
        return _along_page(form), 422
    signed = take(form.reviews.data, by=me, now=clock.now())
    name = f"reviews-from-{tenant.slug}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(written(signed), mimetype="application/json", headers=headers)


@blueprint.post("/reviews/<uuid:review_id>/naming")
@authorized(BE_HERE)
def ask(review_id: UUID) -> Answer:
    me = current_member()
    review = db.session.get(Review, (current_tenant_id(), review_id))
    if review is None or review.subject_id != me.id or not review.is_read:
        raise NotFound
    elif not lets_out():
        raise MayNotLeave
    Attestation.of(review).ask_for_name(by=me)
    flash(_("They are asked. Until they say yes, their name stays here."))
    return redirect(url_for(".along"))


@blueprint.post("/attestations/<uuid:attestation_id>/withdrawal")
@authorized(WITHDRAW_REVIEW, load=attestation_or_404)
def withdraw(attestation: Attestation) -> Answer:
    attestation.withdraw(by=current_member(), now=clock.now())
    flash(_("Withdrawn. It is taken down wherever it is shown."))
    return redirect(url_for(".along"))


@blueprint.get("/reviews/naming")
@authorized(BE_HERE)
def naming() -> str:
    return render_template("attestations/naming.html", questions=as_questions(asked_of(current_member().id)))


@blueprint.post("/attestations/<uuid:attestation_id>/consent")
@authorized(ANSWER_NAMING, load=attestation_or_404)
def agree(attestation: Attestation) -> Answer:
    attestation.agree(by=current_member())
    flash(_("Your name goes along from now on. You can change your mind at any time."))
    return redirect(url_for(".naming"))


@blueprint.post("/attestations/<uuid:attestation_id>/refusal")
@authorized(ANSWER_NAMING, load=attestation_or_404)
def refuse(attestation: Attestation) -> Answer:
    attestation.refuse(by=current_member(), now=clock.now())
    flash(_("Your name stays here."))
    return redirect(url_for(".naming"))


@blueprint.get("/reviews/elsewhere")
@authorized(BE_HERE)
def elsewhere() -> str:
    return _elsewhere_page(Bringing())


@blueprint.post("/reviews/elsewhere")
@authorized(BE_HERE)
def bring_in() -> Any:
    form = Bringing()
    if not form.validate_on_submit():
        return _elsewhere_page(form), 422
    try:
        new = bring(read(form.file.data.read().decode(errors="replace")), by=current_member(), now=clock.now())
    except Refused as refusal:
        form.refuse("file", refusal.message)
        return _elsewhere_page(form), 422
    flash(_("They are on your page now.") if new else _("They were on your page already, and are up to date."))
    return redirect(url_for(".elsewhere"))


@blueprint.post("/reviews/elsewhere/<uuid:carried_id>/removal")
@authorized(DROP_CARRIED, load=carried_or_404)
def drop(carried: CarriedReview) -> Answer:
    me, whose = current_member(), carried.member_id
    carried.drop(by=me, now=clock.now())
    touch("people")
    flash(_("It is no longer shown here."))
    return redirect(url_for(".elsewhere") if whose == me.id else url_for("people.show", member_id=whose))


@blueprint.errorhandler(Conflict)
def _not_so(refusal: Conflict) -> tuple[str, int]:
    return render_template("attestations/refused.html", message=refusal.message), 409


def _along_page(form: Taking) -> str:
    me = current_member()
    rows = to_take(me.id)
    form.reviews.options = options(rows)
    others = [card for card in tribes_of(me.user_id) if card.tenant_id != current_tenant_id()]
    halls = [(card.name, hall_url(card, "accounts.enter", onward=url_for(".elsewhere"))) for card in others]
    return render_template(
        "attestations/along.html",
        form_=form,
        rows=as_rows(rows),
        notes=notes(rows),
        may_leave=lets_out(),
        halls=halls,
        why=MayNotLeave,
    )


def _elsewhere_page(form: Bringing) -> str:
    shown = as_reviews(carried_about(current_member().id))
    return render_template(
        "attestations/elsewhere.html", form_=form, reviews=shown, may_arrive=lets_in(), why=MayNotArrive
    )
