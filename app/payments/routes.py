"""Paying in, agreeing on a part, tips, giving back; and what somebody earns here."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.authorization import authorized, current_member
from app.core import clock
from app.core.config import config
from app.core.errors import Invalid
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.core.wording import money
from app.payments import desk, funding, sharing
from app.payments.accounts import open_account
from app.payments.earnings import earnings_of
from app.payments.forms import ConsentForm, Named, Opening, PartForm, ReturnForm, TipForm
from app.payments.models.account import living_account
from app.payments.panel import may_be_tipped, payments_panel
from app.payments.parts import NoSuchPart, Part, latest, part_or_404, payments_of
from app.policies import BE_HERE, EARN, PAY_IN
from billing.following import follow
from billing.gateway import AccessLost, NoPayments, Refused, Unclear
from tenants.context import tenant
from tenants.links import hall_url

blueprint = Blueprint("payments", __name__, subdomain="hall")
blueprints = (blueprint, desk.blueprint)
blueprint.add_app_template_global(payments_panel)


@blueprint.post("/agreements/<uuid:agreement_id>/payments")
@authorized(PAY_IN, load=agreement_or_404)
def fund(agreement: Agreement) -> Response:
    """Lead the client on to Stripe's page for a part of the work."""
    part = _part(agreement, Named())
    return _to_stripe(agreement, lambda: funding.fund(part, by=current_member(), now=clock.now()))


@blueprint.get("/agreements/<uuid:agreement_id>/payments/done")
@waits_outside
@authorized(PAY_IN, load=agreement_or_404)
def paid(agreement: Agreement) -> Response:
    """Look what became of a payment, for whoever comes back from Stripe before its webhook."""
    try:
        for payment in [one for one in payments_of(agreement.id) if one.is_open]:
            follow("platform", "checkout.session", payment.session_id or "", None, now=clock.now())
            flash(
                _("Paid in. Thank you.")
                if payment.is_paid
                else _("The bank is still at it. You are told when it is there.")
            )
    except (Refused, Unclear):
        flash(_no_answer(), "warning")
    return _back(agreement)


@blueprint.get("/agreements/<uuid:agreement_id>/payments/part")
@authorized(PAY_IN, load=agreement_or_404)
def ask_part(agreement: Agreement) -> str:
    part = _named(agreement, request.args.get("part", ""))
    if not sharing.can_be_shared(part, latest(part)):
        raise sharing.NotToBeShared
    return _part_page(part, PartForm(data={"part": str(part.id or "")}))


@blueprint.post("/agreements/<uuid:agreement_id>/payments/part")
@authorized(PAY_IN, load=agreement_or_404)
def offer_part(agreement: Agreement) -> tuple[str, int] | Response:
    form = _in_its_currency(PartForm, agreement)
    part = _part(agreement, form)
    if not form.validate_on_submit():
        return _part_page(part, form), 422
    try:
        sharing.offer_part(part, form.amount.data, by=current_member(), now=clock.now())
    except Invalid as refusal:
        form.refuse("amount", refusal.message)
        return _part_page(part, form), 422
    flash(_("They are asked. Nothing moves before they agree."))
    return _back(agreement)


@blueprint.post("/agreements/<uuid:agreement_id>/payments/part/consent")
@authorized(EARN, load=agreement_or_404)
def agree_to_part(agreement: Agreement) -> Response:
    form = ConsentForm()
    seen = int(form.amount.data) if form.amount.data.isdecimal() else 0
    sharing.agree_to_part(_part(agreement, form), seen, by=current_member(), now=clock.now())
    flash(_("Agreed. Your share is on its way."))
    return _back(agreement)


@blueprint.post("/agreements/<uuid:agreement_id>/payments/part/refusal")
@authorized(EARN, load=agreement_or_404)
def refuse_part(agreement: Agreement) -> Response:
    sharing.refuse_part(_part(agreement, Named()), by=current_member(), now=clock.now())
    flash(_("They are told."))
    return _back(agreement)


@blueprint.get("/agreements/<uuid:agreement_id>/tips/new")
@authorized(PAY_IN, load=agreement_or_404)
def ask_tip(agreement: Agreement) -> str:
    if not may_be_tipped(agreement):
        raise funding.NotToBePaid
    return _tip_page(agreement, TipForm())


@blueprint.post("/agreements/<uuid:agreement_id>/tips")
@authorized(PAY_IN, load=agreement_or_404)
def tip(agreement: Agreement) -> tuple[str, int] | Response:
    form = _in_its_currency(TipForm, agreement)
    if not form.validate_on_submit():
        return _tip_page(agreement, form), 422
    amount = form.amount.data
    return _to_stripe(agreement, lambda: funding.tip(agreement, amount, by=current_member(), now=clock.now()))


@blueprint.get("/agreements/<uuid:agreement_id>/payments/return")
@authorized(EARN, load=agreement_or_404)
def ask_return(agreement: Agreement) -> str:
    part = _named(agreement, request.args.get("part", ""))
    return _return_page(part, ReturnForm(data={"part": str(part.id or "")}))


@blueprint.post("/agreements/<uuid:agreement_id>/payments/return")
@authorized(EARN, load=agreement_or_404)
def give_back(agreement: Agreement) -> tuple[str, int] | Response:
    form = _in_its_currency(ReturnForm, agreement)
    part = _part(agreement, form)
    payment = latest(part)
    if payment is None:
        raise NoSuchPart
    if not form.validate_on_submit():
        return _return_page(part, form), 422
    try:
        sharing.hand_back(payment, agreement, form.amount.data, by=current_member(), now=clock.now())
    except Invalid as refusal:
        form.refuse("amount", refusal.message)
        return _return_page(part, form), 422
    flash(_("It is on its way back."))
    return _back(agreement)


@blueprint.get("/earnings")
@waits_outside
@authorized(BE_HERE)
def earnings() -> str:
    """Show what a member earns here: what is held, on its way, and there."""
    told = ""
    if request.args.get("from") == "stripe" and (account := living_account(current_member().id)):
        try:
            follow("connect", "account", account.account_id, account.account_id, now=clock.now())
        except (Refused, Unclear):
            told = _no_answer()
    elif request.args.get("from") == "expired":
        told = _("That page of Stripe's had expired. Go on from here; nothing you said is lost.")
    return _earnings_page(Opening(), told=told)


@blueprint.post("/earnings/account")
@authorized(BE_HERE)
def begin() -> tuple[str, int] | Response:
    """Open an account for what somebody earns, where they have none, and lead on to where Stripe asks."""
    form, account = Opening(), living_account(current_member().id)
    if not config().stripe_key:
        raise NoPayments
    if account is None and not form.validate_on_submit():
        return _earnings_page(form), 422
    try:
        found = open_account(form.country.data if account is None else "", by=current_member(), now=clock.now())
        return redirect(found.page(return_url=_here("stripe"), refresh_url=_here("expired")), 303)
    except AccessLost as refusal:
        return _earnings_page(form, told=refusal.message), refusal.status
    except Refused as refusal:
        return _earnings_page(form, told=_("Stripe did not open the account: %(why)s", why=refusal.detail)), 409
    except Unclear:
        return _earnings_page(form, told=_no_answer()), 503


def _to_stripe(agreement: Agreement, ask: Callable[[], str]) -> Response:
    try:
        return redirect(ask(), 303)
    except Unclear:
        flash(_no_answer(), "warning")
    except NoPayments:
        raise
    except Refused as refusal:
        flash(_("Stripe did not take this: %(why)s", why=refusal.detail or refusal.message), "error")
    return _back(agreement)


def _in_its_currency(
    form: type[PartForm | TipForm | ReturnForm], agreement: Agreement
) -> PartForm | TipForm | ReturnForm:
    """Return a form that was sent, whose amounts are the agreement's."""
    bound = type(form.__name__, (form,), {"currency": agreement.currency or tenant.currency})
    return bound()


def _part(agreement: Agreement, form: Named) -> Part:
    return _named(agreement, form.part.data)


def _named(agreement: Agreement, part: str) -> Part:
    try:
        return part_or_404(agreement, UUID(part) if part else None)
    except ValueError:
        raise NoSuchPart from None


def _part_page(part: Part, form: PartForm) -> str:
    form.currency = part.currency
    return render_template(
        "payments/amount.html",
        agreement=part.agreement,
        form_=form,
        title=_("Offer a part of the price"),
        lead=_(
            "“%(title)s” costs %(price)s. If they agree to less, the work counts as accepted and the rest goes back to you.",
            title=part.title,
            price=money(part.price, part.currency),
        ),
        action=url_for("payments.offer_part", agreement_id=part.agreement.id),
        submit=_("Offer this"),
    )


def _tip_page(agreement: Agreement, form: TipForm) -> str:
    form.currency = agreement.currency or tenant.currency
    return render_template(
        "payments/amount.html",
        agreement=agreement,
        form_=form,
        title=_("Add a tip"),
        lead=_("Something of your own for good work. Nothing is taken from it."),
        action=url_for("payments.tip", agreement_id=agreement.id),
        submit=_("Go on and pay"),
    )


def _return_page(part: Part, form: ReturnForm) -> str:
    form.currency = part.currency
    payment = latest(part)
    left = sum(share.left for share in payment.shares()) if payment else 0
    return render_template(
        "payments/amount.html",
        agreement=part.agreement,
        form_=form,
        title=_("Give something back"),
        lead=_(
            "Of what was paid for “%(title)s” at most %(left)s can go back. Everybody who got a share of it gives alike.",
            title=part.title,
            left=money(left, part.currency),
        ),
        action=url_for("payments.give_back", agreement_id=part.agreement.id),
        submit=_("Give this back"),
    )


def _earnings_page(form: Opening, *, told: str = "") -> str:
    return render_template("payments/earnings.html", form_=form, told=told, **earnings_of(current_member().id))


def _back(agreement: Agreement) -> Response:
    return redirect(url_for("agreements.show", agreement_id=agreement.id) + "#money")


def _here(what: str) -> str:
    return hall_url(tenant, "payments.earnings", **{"from": what})


def _no_answer() -> str:
    return _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")
