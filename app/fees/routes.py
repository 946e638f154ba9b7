"""Paying for a gig, coming back from Stripe, and what leaders ask."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.config import config
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.core.wording import money
from app.fees import comparing, following, standing
from app.fees.asking import NothingToPay, featured_until, fee_of
from app.fees.buying import open_purchase, pay_for
from app.fees.disputes import taken_back
from app.fees.featured import MOST, featured_gigs, fee_asked
from app.fees.included import NoneLeft, NotOpen, included, use_included
from app.fees.prices import PricesForm, ask_for, prices_form
from app.gigs.loading import gig_or_404
from app.gigs.models import Gig
from app.policies import MANAGE_MONEY, PAY_FOR_GIG
from billing.connections import connection, runs_on_stand_in
from billing.following import follow
from billing.gateway import Refused, Unclear
from tenants.context import tenant
from tenants.links import hall_url

# Three that declare themselves: to the nightly comparison, to what Stripe tells of, to a gig's page.
__all__ = ["blueprint", "comparing", "following", "standing"]

blueprint = Blueprint("fees", __name__, subdomain="hall")
blueprint.add_app_template_global(fee_asked)
blueprint.add_app_template_global(featured_gigs)


class NoAnswer(Conflict):
    status = 503


@blueprint.post("/gigs/<uuid:gig_id>/fees/<any(listing,featured):kind>")
@authorized(PAY_FOR_GIG, load=gig_or_404)
def pay(gig: Gig, kind: str) -> Response:
    """Lead on to the page of Stripe's on which the fee is paid."""
    back = hall_url(tenant, "fees.back", gig_id=gig.id, kind=kind)
    try:
        page = pay_for(gig, kind, by=current_member(), now=clock.now(), success_url=back, cancel_url=back)
    except NothingToPay as refusal:
        # A page that was left open may have been paid, and was followed just now: that stays.
        flash(refusal.message)
        return redirect(url_for("gigs.show", gig_id=gig.id))
    except Unclear:
        raise NoAnswer(_no_answer()) from None
    return redirect(page, 303)


@blueprint.get("/fees/<uuid:gig_id>/<any(listing,featured):kind>")
@waits_outside
@authorized(PAY_FOR_GIG, load=gig_or_404)
def back(gig: Gig, kind: str) -> Response:
    """Look how the payment stands, for whoever comes back from Stripe before its webhook, and lead on."""
    purchase = open_purchase(gig, kind)
    if purchase is not None:
        try:
            follow("connect", "checkout.session", purchase.session_id, purchase.account_id, now=clock.now())
        except (Refused, Unclear):
            flash(_no_answer(), "warning")
    if gig.state == "draft":
        flash(_("It is not paid yet. Everything is kept."), "warning")
        return redirect(url_for("gigs.preview", gig_id=gig.id))
    elif kind == "listing" and taken_back(gig) is not None:
        flash(_("It is not paid yet. Everything is kept."), "warning")
    elif kind == "listing":
        flash(_("Paid. Your gig is live.") if gig.is_open else _("Paid. Its category's leaders look at it now."))
    elif featured_until(gig.id, now=clock.now()) is not None:
        flash(_("Paid. Your gig stands above the list."))
    return redirect(url_for("gigs.show", gig_id=gig.id))


@blueprint.get("/gigs/<uuid:gig_id>/featuring")
@authorized(PAY_FOR_GIG, load=gig_or_404)
def offer(gig: Gig) -> str:
    fee = fee_of("featured", gig.category_id)
    return render_template(
        "fees/offer.html",
        gig=gig,
        most=MOST,
        price=money(fee.amount, fee.currency) if fee else "",
        days=fee.days if fee else 0,
        until=featured_until(gig.id, now=clock.now()),
        included=included(current_member(), now=clock.now()),
        is_played=runs_on_stand_in(),
    )


@blueprint.post("/gigs/<uuid:gig_id>/featuring")
@authorized(PAY_FOR_GIG, load=gig_or_404)
def use(gig: Gig) -> Response:
    """Let it stand out by what its author's membership includes."""
    try:
        use_included(gig, by=current_member(), now=clock.now())
    except (NotOpen, NoneLeft) as refusal:
        flash(refusal.message, "warning")
    else:
        flash(_("Your gig stands above the list."))
    return redirect(url_for("gigs.show", gig_id=gig.id))


@blueprint.get("/desk/money/gigs")
@authorized(MANAGE_MONEY)
def settings() -> str:
    return _page(prices_form(sent=False))


@blueprint.post("/desk/money/gigs")
@authorized(MANAGE_MONEY)
def save_settings() -> tuple[str, int] | Response:
    form = prices_form(sent=True)
    if not form.validate_on_submit():
        return _page(form), 422
    ask_for(form.prices, days=form.days.data, by=current_member())
    flash(_("Saved. Gigs that are live already cost nothing more."))
    return redirect(url_for(".settings"))


def _page(form: PricesForm) -> str:
    living = connection()
    return render_template(
        "fees/settings.html",
        form_=form,
        takes_money=bool(config().stripe_key),
        may_charge=living is not None and living.may_charge,
        is_played=runs_on_stand_in(),
    )


def _no_answer() -> str:
    return _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")
