"""The leader's pages about offers: what can be used, how often it was and what it cost, a new one, an end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, forget_nothing
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.errors import NotFound, ProductError
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.core.wording import listed, money
from app.memberships.queries import tiers_on_sale
from app.memberships.words import on
from app.offers.booking import costs
from app.offers.forms import NewOffer
from app.offers.models import Discount
from app.offers.queries import page_of_offers, tiers_of_offers, uses_of
from app.offers.words import STATES, in_words
from app.policies import MANAGE_MONEY
from billing.connections import connection, runs_on_stand_in
from billing.gateway import Refused, Unclear
from tenants.context import current_tenant, current_tenant_id
from tenants.links import hall_url

blueprint = Blueprint("offer_desk", __name__, subdomain="hall", url_prefix="/desk/memberships/offers")


def offer_or_404(offer_id: UUID) -> Discount:
    """Return an offer.

    :raises NotFound: when there is none of that id here.
    """
    offer = db.session.get(Discount, (current_tenant_id(), offer_id))
    if offer is None:
        raise NotFound
    return offer


@blueprint.get("")
@authorized(MANAGE_MONEY)
def index() -> str:
    return _page()


@blueprint.get("/new")
@authorized(MANAGE_MONEY)
def new() -> str:
    usual = {"off": "percent", "lasts": "once", "how": "code", "currency": current_tenant().currency}
    return _form(NewOffer(data=usual))


@blueprint.post("")
@waits_outside
@authorized(MANAGE_MONEY)
def create() -> tuple[str, int] | Response:
    form, now = NewOffer(), clock.now()
    if not form.validate_on_submit():
        return _form(form), 422
    try:
        offer = Discount.draft(by=current_member(), now=now, tiers=map(UUID, form.tiers.data), **form.told)
        offer.open(now=now)
    except Unclear:
        # It is kept, so that the same can be asked for again.
        forget_nothing()
        return _page(_no_answer()), 503
    except ProductError as problem:
        db.session.rollback()
        return _form(form, _told(problem)), problem.status
    flash(_("It can be used from now on."))
    return redirect(url_for(".index"))


@blueprint.post("/<uuid:offer_id>/opening")
@waits_outside
@authorized(MANAGE_MONEY, load=offer_or_404)
def open_again(offer: Discount) -> tuple[str, int] | Response:
    """Ask Stripe again, which had not answered."""
    try:
        offer.open(now=clock.now())
    except (ProductError, Unclear) as problem:
        return _failed(problem)
    flash(_("It can be used from now on."))
    return redirect(url_for(".index"))


@blueprint.post("/<uuid:offer_id>/end")
@waits_outside
@authorized(MANAGE_MONEY, load=offer_or_404)
def end(offer: Discount) -> tuple[str, int] | Response:
    try:
        offer.end(by=current_member(), now=clock.now())
    except (ProductError, Unclear) as problem:
        return _failed(problem)
    flash(_("Ended. Whoever has it keeps it."))
    return redirect(url_for(".index"))


def _page(told: str = "") -> str:
    page, now = page_of_offers(request.args.get("at")), clock.now()
    ids = [offer.id for offer in page]
    uses, tiers, cost = uses_of(ids), tiers_of_offers(ids), costs() if ids else {}
    rows = [_row(offer, uses.get(offer.id, 0), tiers.get(offer.id, []), cost.get(offer.id, []), now) for offer in page]
    return render_template("offers/desk.html", shown=rows, page=page, told=told, **_selling())


def _row(offer: Discount, uses: int, tiers: list[str], cost: list[tuple[str, int]], now: datetime) -> dict[str, Any]:
    state = _state(offer, uses, now)
    return {
        "offer": offer,
        "state": state,
        "state_label": STATES[state],
        "what": in_words(offer),
        "tiers": listed(tiers) if tiers else "",
        "until": on(offer.until) if offer.until and state in ("open", "over") else "",
        "uses": uses,
        "cost": listed([money(amount, currency) for currency, amount in cost]) if cost else "",
        "link": hall_url(current_tenant(), "offers.code", code=offer.code),
    }


def _state(offer: Discount, uses: int, now: datetime) -> str:
    if offer.ended_at is not None:
        return "ended"
    elif not offer.is_open:
        return "waiting"
    elif offer.is_over(now=now):
        return "over"
    else:
        return "used_up" if offer.most_uses is not None and uses >= offer.most_uses else "open"


def _form(form: NewOffer, told: str = "") -> str:
    return render_template("offers/new.html", form_=form, told=told, has_tiers=bool(tiers_on_sale()), **_selling())


def _selling() -> dict[str, Any]:
    """Return what the pages say of whether anything can be sold."""
    living = connection()
    return {
        "takes_money": bool(config().stripe_key),
        "may_charge": bool(config().stripe_key) and living is not None and living.may_charge,
        "is_played": runs_on_stand_in(),
    }


def _failed(problem: Exception) -> tuple[str, int]:
    """Answer with the list, as it stands, and what stood in the way."""
    db.session.rollback()
    if isinstance(problem, ProductError):
        return _page(_told(problem)), problem.status
    return _page(_no_answer()), 503


def _told(problem: ProductError) -> str:
    if isinstance(problem, Refused) and problem.detail:
        return _("Stripe did not accept this: %(why)s", why=problem.detail)
    return str(problem.message)


def _no_answer() -> str:
    return _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")
