"""A member's own pages of memberships: what there is, buying it, coming back from Stripe, changing, ending."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, forget_nothing
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.errors import Conflict, NotFound, ProductError
from app.core.languages import gettext as _
from app.core.local import local_path
from app.core.rounds import waits_outside
from app.core.wording import listed, money
from app.memberships import desk
from app.memberships.at_stripe import portal_at
from app.memberships.buying import bought_membership, buy
from app.memberships.changing import cancel, change, preview, resume
from app.memberships.desk import price_or_404
from app.memberships.failures import AlreadyMember
from app.memberships.forms import Confirmation
from app.memberships.models import Membership, TierPrice
from app.memberships.offers import lacking_here, offers, own
from app.memberships.queries import payments_of, purchase_of, whom_to_ask
from app.memberships.words import PURPOSES, on, price_in_words
from app.policies import HAVE_MEMBERSHIP, SEE_TIERS
from billing import gateway
from billing.connections import runs_on_stand_in
from billing.following import follow
from billing.gateway import Refused, Unclear
from tenants.context import current_tenant, member_or_none, tenant
from tenants.links import hall_url

blueprint = Blueprint("memberships", __name__, subdomain="hall", url_prefix="/membership")
blueprints = (blueprint, desk.blueprint)


class NothingBought(Conflict):
    pass


@blueprint.get("")
@authorized(SEE_TIERS)
def show() -> str:
    return _page()


@blueprint.post("/prices/<uuid:price_id>/purchase")
@waits_outside
@authorized(HAVE_MEMBERSHIP, load=price_or_404)
def purchase(price: TierPrice) -> tuple[str, int] | Response:
    onward = _onward() or None
    success = hall_url(current_tenant(), "memberships.returned", session="", onward=onward)
    links = {
        # Stripe puts the session's name where these braces stand.
        "success_url": success.replace("session=", "session={CHECKOUT_SESSION_ID}", 1),
        "cancel_url": hall_url(current_tenant(), "memberships.show", left="yes", onward=onward),
    }
    return _asking(lambda: redirect(buy(price, by=current_member(), now=clock.now(), **links), 303))


@blueprint.get("/return")
@waits_outside
@authorized(HAVE_MEMBERSHIP)
def returned() -> str | Response:
    """Look how the page was left by whoever comes back from it: they may be faster than Stripe's webhook."""
    bought = purchase_of(current_member().id, request.args.get("session", ""))
    if bought is None:
        raise NotFound
    try:
        follow("connect", "checkout.session", bought.session_id, bought.account_id, now=clock.now())
    except (Refused, Unclear):
        db.session.rollback()
        return _page(
            _("Stripe does not answer at the moment. If you have paid, your membership will be here in a little while.")
        )
    if bought_membership(current_member().id) is not None:
        flash(_("Welcome! Your membership has begun."))
    elif bought.state == "paid":
        flash(_("This was one too many, so what you paid goes back to your card."), "warning")
    return redirect(_onward() or url_for(".show"))


@blueprint.get("/prices/<uuid:price_id>/change")
@waits_outside
@authorized(HAVE_MEMBERSHIP, load=price_or_404)
def ask_change(price: TierPrice) -> tuple[str, int] | str | Response:
    return _asking(lambda: _preview_page(_bought(), price))


@blueprint.post("/prices/<uuid:price_id>/change")
@waits_outside
@authorized(HAVE_MEMBERSHIP, load=price_or_404)
def make_change(price: TierPrice) -> tuple[str, int] | str | Response:
    form = Confirmation()
    form.validate_on_submit()

    def changed() -> Response:
        change(_bought(), price, form.shown.data or "", now=clock.now())
        flash(_("Changed."))
        return redirect(url_for(".show"))

    return _asking(changed)


@blueprint.post("/cancellation")
@waits_outside
@authorized(HAVE_MEMBERSHIP)
def end() -> tuple[str, int] | str | Response:
    def cancelled() -> Response:
        bought = _bought()
        cancel(bought, now=clock.now())
        if bought.cancels_at:
            flash(_("It ends on %(day)s, and nothing more is paid.", day=on(bought.cancels_at)))
        return redirect(url_for(".show"))

    return _asking(cancelled)


@blueprint.post("/resumption")
@waits_outside
@authorized(HAVE_MEMBERSHIP)
def go_on() -> tuple[str, int] | str | Response:
    def resumed() -> Response:
        resume(_bought(), now=clock.now())
        flash(_("It goes on."))
        return redirect(url_for(".show"))

    return _asking(resumed)


@blueprint.post("/portal")
@waits_outside
@authorized(HAVE_MEMBERSHIP)
def portal() -> tuple[str, int] | str | Response:
    """Lead on to Stripe's page of cards and invoices."""

    def opened() -> Response:
        bought = _bought()
        account, back = bought.account_id or "", hall_url(tenant, "memberships.show")
        settings = portal_at(account, now=clock.now())
        page = gateway.portal_page(bought.customer_id or "", account=account, return_url=back, configuration=settings)
        return redirect(page, 303)

    return _asking(opened)


def _onward() -> str:
    """Return the page from which somebody was sent here for a membership, or an empty text."""
    return local_path(request.form.get("onward") or request.args.get("onward"), "")


def _bought() -> Membership:
    found = bought_membership(current_member().id)
    if found is None:
        raise NothingBought(_("You have not bought a membership."))
    return found


def _asking(step: Callable[[], Any]) -> Any:
    """Take a step that asks Stripe; where it cannot be taken, show the memberships with why, as they stand."""
    try:
        return step()
    except Unclear:
        db.session.rollback()
        return _page(_("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")), 503
    except AlreadyMember as problem:
        # What was found out on the way, perhaps that a page had been paid, stays.
        forget_nothing()
        return _page(problem.message), problem.status
    except ProductError as problem:
        db.session.rollback()
        return _page(problem.message), problem.status


def _page(told: str = "") -> str:
    member, now = member_or_none(), clock.now()
    mine = own(member.id, now=now) if member else None
    payments = payments_of(member.id) if member else []
    shown, lacking = offers(request.args, mine), lacking_here(member)
    return render_template(
        "memberships/show.html",
        told=told,
        onward=_onward(),
        left_unpaid=request.args.get("left") == "yes",
        offers=shown,
        mine=mine,
        lacking=listed([str(words) for purpose, words in PURPOSES.items() if purpose in lacking]) if lacking else "",
        may_look="see" not in lacking,
        ask=whom_to_ask() if lacking and not shown.tiers else [],
        payments=[
            (
                on(one.paid_at),
                money(one.amount, one.currency),
                money(one.refunded, one.currency) if one.refunded else "",
                Markup('<a href="{}">{}</a>').format(one.page_url, _("Invoice")) if one.page_url else "",
            )
            for one in payments
        ],
        takes_money=bool(config().stripe_key),
        is_played=runs_on_stand_in(),
    )


def _preview_page(bought: Membership, price: TierPrice) -> str:
    shown = preview(bought, price, now=clock.now())
    lines = [
        (_("To pay now"), money(shown.due, price.currency)),
        (_("Left over, for what comes next"), money(shown.credit, price.currency) if shown.credit else ""),
        (_("Then"), _("%(price)s, next on %(day)s", price=price_in_words(price), day=on(shown.next_at))),
    ]
    return render_template(
        "memberships/change.html",
        shown=shown,
        lines=[line for line in lines if line[1]],
        is_played=runs_on_stand_in(),
    )
