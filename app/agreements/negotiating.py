"""Offering a gig, putting other terms forward, agreeing."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agreements.blueprint import blueprint
from app.agreements.failures import CannotGive
from app.agreements.forms import Seen, TermsForm, terms_form
from app.agreements.models import Agreement
from app.agreements.page import pay_of, scene_of
from app.agreements.queries import agreement_or_404
from app.agreements.states import AGREEMENT
from app.agreements.terms import Terms
from app.agreements.wording import compared
from app.applications.models import Application
from app.applications.queries import application_or_404
from app.applications.states import APPLICATION
from app.authorization import authorized, current_member
from app.commissions.keeping import rules_for
from app.commissions.rules import applied
from app.commissions.wording import Account, account_of
from app.core import clock
from app.core.database import db
from app.core.errors import Invalid
from app.core.languages import gettext as _
from app.gigs.wording import settled
from app.policies import BE_A_SIDE, OFFER_TERMS
from app.profiles.people import people
from tenants.context import tenant


@blueprint.get("/applications/<uuid:application_id>/offers/new")
@authorized(OFFER_TERMS, load=application_or_404)
def new_offer(application: Application) -> str:
    APPLICATION.transition(application.state, "offer")
    return _offer_page(application, terms_form(_from_gig(application)))


@blueprint.post("/applications/<uuid:application_id>/offers")
@authorized(OFFER_TERMS, load=application_or_404)
def offer(application: Application) -> str | tuple[str, int] | Response:
    form = terms_form(_from_gig(application), sent=request.form)
    if "more" in request.form:
        return _offer_page(application, form)
    if not form.validate_on_submit():
        return _offer_page(application, form), 422
    try:
        agreement = Agreement.propose(
            application, form.terms, by=current_member(), note=form.note.data, now=clock.now()
        )
    except CannotGive as refusal:
        db.session.rollback()
        form.refuse(None, refusal.message)
        return _offer_page(application, form), refusal.status
    flash(_("Your offer is made."))
    return _to(agreement)


@blueprint.get("/agreements/<uuid:agreement_id>/counter-proposals/new")
@authorized(BE_A_SIDE, load=agreement_or_404)
def new_counter(agreement: Agreement) -> str:
    agreement.check_actor(_counter_row(agreement), current_member())
    return _counter_page(agreement, terms_form(agreement.terms_on_the_table(), seen=agreement.round))


@blueprint.post("/agreements/<uuid:agreement_id>/counter-proposals")
@authorized(BE_A_SIDE, load=agreement_or_404)
def counter(agreement: Agreement) -> str | tuple[str, int] | Response:
    _counter_row(agreement)
    form = terms_form(agreement.terms_on_the_table(), sent=request.form, seen=agreement.round)
    if "more" in request.form:
        return _counter_page(agreement, form)
    if not form.validate_on_submit():
        return _counter_page(agreement, form), 422
    try:
        agreement.counter(form.terms, by=current_member(), seen=form.round_seen, note=form.note.data, now=clock.now())
    except (Invalid, CannotGive) as refusal:
        db.session.rollback()
        form.refuse(None, refusal.message)
        return _counter_page(agreement, form), refusal.status
    flash(_("Your terms are on the table."))
    return _to(agreement)


@blueprint.post("/agreements/<uuid:agreement_id>/consent")
@authorized(BE_A_SIDE, load=agreement_or_404)
def agree(agreement: Agreement) -> Response:
    agreement.agree(by=current_member(), seen=Seen().round_seen, now=clock.now())
    flash(_("Agreed. You both stand by these terms now."))
    return _to(agreement)


def _from_gig(application: Application) -> Terms:
    return Terms.of_gig(application.gig, currency=tenant.currency)


def _counter_row(agreement: Agreement) -> object:
    return AGREEMENT.transition(agreement.state, "counter_back" if agreement.state == "countered" else "counter")


def _offer_page(application: Application, form: TermsForm) -> str:
    applicant = people([application.applicant_id])[application.applicant_id]
    return render_template(
        "agreements/offer.html",
        application=application,
        gig=application.gig,
        applicant=applicant,
        form_=form,
        settled=settled(application.gig),
        pay=_pay_offered(application, form.terms, applicant.first_name),
    )


def _pay_offered(application: Application, terms: Terms, applicant: str) -> Account | None:
    """Return what would become of the pay of an offer, as its author sees it: by today's rules."""
    author, sides = current_member(), (application.gig.author_id, application.applicant_id)
    is_request = application.gig.direction == "request"
    client_id, worker_id = sides if is_request else sides[::-1]
    client, worker = (author.name, applicant) if is_request else (applicant, author.name)
    found = applied(
        category_id=application.gig.category_id,
        currency=terms.currency or tenant.currency,
        client_id=client_id,
        worker_id=worker_id,
    )
    return account_of(terms, found, side="client" if is_request else "worker", client=client, worker=worker)


def _counter_page(agreement: Agreement, form: TermsForm) -> str:
    """Show the terms on the table in the form, and beside it what the last round changed in them."""
    rounds = agreement.rounds()
    scene = scene_of(agreement, current_member())
    terms = [Terms.from_json(one.terms) for one in rounds[-2:]]
    return render_template(
        "agreements/counter.html",
        agreement=agreement,
        other=scene.worker if scene.side == "client" else scene.client,
        note=rounds[-1].note,
        form_=form,
        pay=pay_of(scene, form.terms, rules_for(agreement)),
        differences=[row for row in compared(terms[-1], terms[0], scene.today) if row[0] != "Title" or len(row) == 3],
    )


def _to(agreement: Agreement) -> Response:
    return redirect(url_for("agreements.show", agreement_id=agreement.id))
