"""A member's own page of codes: what one takes off, and beginning a membership with it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, forget_nothing
from app.core import clock
from app.core.database import db
from app.core.errors import ProductError, TooMany
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.memberships.buying import bought_membership, buy
from app.memberships.desk import price_or_404
from app.memberships.failures import AlreadyMember
from app.memberships.models import Tier, TierPrice
from app.memberships.queries import tiers_on_sale
from app.offers import desk, gift_pages
from app.offers.codes import is_code
from app.offers.failures import DoesNotFit, NoSuchCode
from app.offers.finding import as_typed, offer_for, reckoned_for, taken_off
from app.offers.forms import UsedCode
from app.offers.models import Discount
from app.offers.words import in_words, paid_in_words
from app.policies import HAVE_MEMBERSHIP, SEE_TIERS
from billing.connections import connection, runs_on_stand_in
from billing.gateway import Refused, Unclear
from tenants.context import current_tenant, member_or_none
from tenants.links import hall_url

blueprint = Blueprint("offers", __name__, subdomain="hall")
blueprints = (blueprint, desk.blueprint, gift_pages.blueprint)


@blueprint.get("/membership/code")
@authorized(SEE_TIERS)
def code() -> str | tuple[str, int]:
    """Show what the code of a link takes off, or ask for one."""
    named = request.args.get("code", "")[:60]
    if not named:
        return _page(UsedCode())
    try:
        return _page(UsedCode(data={"code": as_typed(named)}), _offer(named))
    except TooMany:
        raise
    except ProductError as problem:
        return _page(UsedCode(data={"code": named}), told=problem.message), problem.status


@blueprint.post("/membership/code")
@authorized(SEE_TIERS)
def use_code() -> tuple[str, int] | Response:
    """Look a typed code up; what was typed stays, whatever is wrong with it."""
    form = UsedCode()
    if not form.validate_on_submit():
        return _page(form), 422
    if is_code(as_typed(form.code.data)):
        return redirect(url_for("gifts.show", code=as_typed(form.code.data)))
    try:
        offer = _offer(form.code.data)
    except TooMany:
        raise
    except ProductError as problem:
        form.refuse("code", problem.message)
        return _page(form), 422
    return redirect(url_for(".code", code=offer.code))


@blueprint.post("/membership/prices/<uuid:price_id>/offer")
@waits_outside
@authorized(HAVE_MEMBERSHIP, load=price_or_404)
def purchase(price: TierPrice) -> tuple[str, int] | Response:
    """Lead on to Stripe's page, with what the code takes off."""
    form, me, now = UsedCode(), current_member(), clock.now()
    if not form.validate_on_submit():
        return _page(form), 422
    hall = current_tenant()
    success = hall_url(hall, "memberships.returned", session="")
    links = {
        # Stripe puts the session's name where these braces stand.
        "success_url": success.replace("session=", "session={CHECKOUT_SESSION_ID}", 1),
        "cancel_url": hall_url(hall, "offers.code", code=as_typed(form.code.data)),
    }
    try:
        offer = _offer(form.code.data)
        off = taken_off(offer, reckoned_for(offer, price, member_id=me.id, now=now))
        return redirect(buy(price, by=me, now=now, taken_off=off, **links), 303)
    except TooMany:
        raise
    except AlreadyMember as problem:
        # What was found out on the way, perhaps that a page had been paid, stays.
        forget_nothing()
        return _page(form, told=problem.message), problem.status
    except Unclear:
        db.session.rollback()
        words = _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")
        return _page(form, told=words), 503
    except Refused as problem:
        db.session.rollback()
        return _page(
            form, told=_("Stripe does not take this code any more. Somebody may have been faster.")
        ), problem.status
    except ProductError as problem:
        db.session.rollback()
        return _page(form, told=problem.message), problem.status


def _offer(typed: str) -> Discount:
    """Return the offer that a code names, for whoever asks; raises as `offer_for`."""
    if len(as_typed(typed)) < 3:
        raise NoSuchCode
    me = member_or_none()
    asker = str(me.id) if me else request.remote_addr or ""
    return offer_for(typed, asker=asker, member_id=me.id if me else None, now=clock.now())


def _page(form: UsedCode, offer: Discount | None = None, told: str = "") -> str:
    me, living = member_or_none(), connection()
    return render_template(
        "offers/code.html",
        form_=form,
        told=told,
        offer=offer,
        what=in_words(offer) if offer else "",
        fits=_fits(offer) if offer else [],
        has_one=me is not None and bought_membership(me.id) is not None,
        may_charge=living is not None and living.may_charge,
        is_played=runs_on_stand_in(),
    )


def _fits(offer: Discount) -> list[dict[str, Any]]:
    """Return each price on sale that an offer fits, with what is paid for it in words."""
    me, now = member_or_none(), clock.now()
    fitting: list[dict[str, Any]] = []
    sold: list[tuple[Tier, TierPrice]] = [(tier, price) for tier in tiers_on_sale() for price in tier.prices]
    for tier, price in sold:
        try:
            reckoned = reckoned_for(offer, price, member_id=me.id if me else None, now=now)
        except DoesNotFit:
            continue
        fitting.append({"tier": tier, "price": price, "words": paid_in_words(reckoned, price)})
    return fitting
