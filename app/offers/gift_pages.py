"""Gifts on pages: buying one, its card, opening one by its code; for leaders all of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, public
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound, ProductError, TooMany
from app.core.languages import gettext as _
from app.core.rounds import waits_outside
from app.memberships.models import Tier
from app.memberships.words import on
from app.offers.buying_gifts import buy_gift, refund, title_of
from app.offers.codes import code_of, gift_of, in_groups
from app.offers.forms import NewGift, priced
from app.offers.models import Gift
from app.offers.queries import gift_of_member, gifts_bought_by, gifts_given_to, page_of_gifts, tiers_and_givers
from app.offers.receiving import after_what, redeem, refuse
from app.offers.words import gift_state
from app.policies import HAVE_MEMBERSHIP, MANAGE_MONEY
from billing.connections import connection, runs_on_stand_in
from billing.following import follow
from billing.gateway import Refused, Unclear
from tenants.context import current_tenant, current_tenant_id, member_or_none
from tenants.links import hall_url
from tenants.models import Member

blueprint = Blueprint("gifts", __name__, subdomain="hall")


def own_gift_or_404(gift_id: UUID) -> Gift:
    """Return a gift that the signed-in member bought and paid.

    :raises NotFound: when there is none of that id.
    """
    me, gift = member_or_none(), db.session.get(Gift, (current_tenant_id(), gift_id))
    if gift is None or me is None or gift.member_id != me.id or gift.charge_id is None:
        raise NotFound
    return gift


def gift_or_404(gift_id: UUID) -> Gift:
    """Return a gift.

    :raises NotFound: when there is none of that id here.
    """
    gift = db.session.get(Gift, (current_tenant_id(), gift_id))
    if gift is None:
        raise NotFound
    return gift


@blueprint.get("/membership/gifts")
@authorized(HAVE_MEMBERSHIP)
def index() -> str:
    return _page(NewGift())


@blueprint.post("/membership/gifts")
@waits_outside
@authorized(HAVE_MEMBERSHIP)
def buy() -> tuple[str, int] | Response:
    """Lead on to the page of Stripe's on which the gift is paid."""
    form, hall = NewGift(), current_tenant()
    if not form.validate_on_submit():
        return _page(form), 422
    price, months = priced(form.what.data)
    back = hall_url(hall, "gifts.returned", session="").replace("session=", "session={CHECKOUT_SESSION_ID}", 1)
    about = {"recipient": form.recipient.data or "", "message": form.message.data or ""}
    links = {"success": back, "cancel": hall_url(hall, "gifts.index")}
    try:
        return redirect(buy_gift(price, months, by=current_member(), now=clock.now(), **about, **links), 303)
    except Unclear:
        db.session.rollback()
        return _page(form, _no_answer()), 503
    except ProductError as problem:
        db.session.rollback()
        return _page(form, problem.message), problem.status


@blueprint.get("/membership/gifts/return")
@waits_outside
@authorized(HAVE_MEMBERSHIP)
def returned() -> Response:
    """Look how the page was left by whoever comes back from it: they may be faster than Stripe's webhook."""
    gift = gift_of_member(current_member().id, request.args.get("session", ""))
    if gift is None:
        raise NotFound
    try:
        follow("connect", "checkout.session", gift.session_id, gift.account_id, now=clock.now())
    except (Refused, Unclear):
        db.session.rollback()
        flash(
            _("Stripe does not answer at the moment. If you have paid, your gift will be here in a little while."),
            "warning",
        )
        return redirect(url_for(".index"))
    return redirect(url_for(".card", gift_id=gift.id) if gift.charge_id else url_for(".index"))


@blueprint.get("/membership/gifts/<uuid:gift_id>")
@authorized(HAVE_MEMBERSHIP, load=own_gift_or_404)
def card(gift: Gift) -> str:
    code = code_of(gift.id)
    link = hall_url(current_tenant(), "gifts.show", code=in_groups(code))
    return render_template(
        "offers/card.html", gift=gift, title=_title(gift), code=in_groups(code), link=link, **_stands(gift)
    )


@blueprint.get("/gifts/<code>")
@public
def show(code: str) -> str | tuple[str, int]:
    """Show a gift to whoever has its code, a visitor too."""
    return _gift_page(code)


@blueprint.post("/gifts/<code>/redemption")
@waits_outside
@authorized(HAVE_MEMBERSHIP)
def take(code: str) -> Response | str | tuple[str, int]:
    try:
        gift = gift_of(code, asker=_asker())
        redeem(gift, by=current_member(), now=clock.now())
    except TooMany:
        raise
    except Unclear:
        db.session.rollback()
        return _gift_page(code, _no_answer(), 503)
    except ProductError as problem:
        db.session.rollback()
        return _gift_page(code, problem.message, problem.status)
    flash(_("It is yours, and begins when what you have is over.") if gift.waits else _("It is yours, and has begun."))
    return redirect(url_for("memberships.show"))


@blueprint.get("/desk/memberships/gifts")
@authorized(MANAGE_MONEY)
def desk() -> str:
    return _desk()


@blueprint.post("/desk/memberships/gifts/<uuid:gift_id>/refund")
@authorized(MANAGE_MONEY, load=gift_or_404)
def give_back(gift: Gift) -> tuple[str, int] | Response:
    try:
        refund(gift, by=current_member(), now=clock.now())
    except ProductError as problem:
        db.session.rollback()
        return _desk(problem.message), problem.status
    flash(_("It goes back to the card it was paid with. Its code is worth nothing any more."))
    return redirect(url_for(".desk"))


def _page(form: NewGift, told: str = "") -> str:
    me, living = current_member(), connection()
    return render_template(
        "offers/gifts.html",
        form_=form,
        told=told,
        bought=_rows(gifts_bought_by(me.id)),
        given=_rows(gifts_given_to(me.id)),
        may_charge=living is not None and living.may_charge,
        is_played=runs_on_stand_in(),
    )


def _desk(told: str = "") -> str:
    page = page_of_gifts(request.args.get("at"))
    return render_template("offers/gift_desk.html", shown=_rows(page), page=page, told=told)


def _gift_page(code: str, told: str = "", status: int = 200) -> str | tuple[str, int]:
    try:
        gift = gift_of(code, asker=_asker())
    except TooMany:
        raise
    except ProductError as problem:
        return render_template("offers/gift.html", gift=None, told=problem.message), problem.status
    now, me = clock.now(), member_or_none()
    is_yours = me is not None and gift.redeemed_by == me.id
    try:
        refuse(gift, now=now)
        can_be_taken = True
    except ProductError as problem:
        can_be_taken, told = False, told or problem.message
    giver = db.session.get_one(Member, (current_tenant_id(), gift.member_id))
    ends = after_what(me.id, now=now) if me else None
    page = render_template(
        "offers/gift.html",
        gift=gift,
        title=_title(gift),
        told="" if is_yours and gift.state == "redeemed" else told,
        is_yours=is_yours,
        can_be_taken=can_be_taken,
        giver=giver.name if giver.is_active else "",
        code=in_groups(code_of(gift.id)),
        begins=on(ends) if ends else "",
        **_stands(gift),
    )
    return page if status == 200 else (page, status)


def _title(gift: Gift) -> str:
    return title_of(gift, db.session.get_one(Tier, (current_tenant_id(), gift.tier_id)))


def _stands(gift: Gift) -> dict[str, Any]:
    return {
        "state": "expired" if gift.is_expired(now=clock.now()) else gift.state,
        "state_label": gift_state(gift, now=clock.now()),
        "until": on(gift.expires_at) if gift.expires_at and gift.state == "paid" else "",
    }


def _rows(gifts: Iterable[Gift]) -> list[dict[str, Any]]:
    shown = list(gifts)
    tiers, givers = tiers_and_givers(shown)
    return [
        {
            "gift": gift,
            "title": title_of(gift, tiers[gift.tier_id]),
            "giver": givers[gift.member_id],
            "bought_on": on(gift.opened_at),
            **_stands(gift),
        }
        for gift in shown
    ]


def _asker() -> str:
    me = member_or_none()
    return str(me.id) if me else request.remote_addr or ""


def _no_answer() -> str:
    return _("Stripe does not answer at the moment. Nothing is lost; try again in a little while.")
