"""The desk's page of money that waits for a leader's word."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.languages import gettext as _
from app.core.wording import money
from app.payments.loose import (
    Loose,
    give_share_back,
    loose_ends,
    paid_outside,
    send_refund_again,
    send_share_again,
)
from app.policies import MANAGE_MONEY
from app.profiles.people import people
from billing.connections import runs_on_stand_in

blueprint = Blueprint("loose_money", __name__, subdomain="hall", url_prefix="/desk/money/waiting")


@blueprint.get("")
@authorized(MANAGE_MONEY)
def index() -> str:
    waiting = loose_ends()
    known = people({one.whose for one in waiting})
    rows = [_row(one, known[one.whose]) for one in waiting]
    return render_template("payments/loose.html", rows=rows, is_played=runs_on_stand_in())


@blueprint.post("/refunds/<uuid:refund_id>/sending")
@authorized(MANAGE_MONEY)
def send_refund(refund_id: UUID) -> Response:
    send_refund_again(refund_id, by=current_member(), now=clock.now())
    flash(_("It is sent once more."))
    return redirect(url_for(".index"))


@blueprint.post("/refunds/<uuid:refund_id>/payment")
@authorized(MANAGE_MONEY)
def settle_refund(refund_id: UUID) -> Response:
    paid_outside(refund_id, by=current_member(), now=clock.now())
    flash(_("Noted. They are told."))
    return redirect(url_for(".index"))


@blueprint.post("/shares/<uuid:share_id>/sending")
@authorized(MANAGE_MONEY)
def send_share(share_id: UUID) -> Response:
    send_share_again(share_id, by=current_member())
    flash(_("It is sent once more."))
    return redirect(url_for(".index"))


@blueprint.post("/shares/<uuid:share_id>/return")
@authorized(MANAGE_MONEY)
def return_share(share_id: UUID) -> Response:
    why = _("%(name)s gives it back.", name=current_member().name)
    give_share_back(share_id, why=why, by=current_member(), now=clock.now())
    flash(_("It goes back to the client."))
    return redirect(url_for(".index"))


def _row(one: Loose, person: Any) -> dict[str, Any]:
    amount = money(one.amount, one.payment.currency)
    is_refund = one.kind == "refund"
    return {
        "title": one.payment.title,
        "href": url_for("agreements.show", agreement_id=one.payment.agreement_id),
        "person": person,
        "amount": amount,
        "why": _("Their bank did not take it back. It is still owed to them.")
        if is_refund
        else _("It was fetched back from their account at Stripe by hand. It stands under their name.")
        if one.may_be_sent
        else _("A part of what they had was fetched back at Stripe by hand. It stands under their name."),
        "send": url_for(".send_refund" if is_refund else ".send_share", **{f"{one.kind}_id": one.id})
        if one.may_be_sent
        else None,
        "other": (
            (url_for(".settle_refund", refund_id=one.id), _("I have paid it in another way"))
            if is_refund
            else (url_for(".return_share", share_id=one.id), _("Give it to the client"))
            if one.may_be_given
            else None
        ),
    }
