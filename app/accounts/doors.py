"""What the doors of a hall and of the platform's own host share."""

from flask import Blueprint, render_template, request, session

from app.accounts import handovers
from app.accounts.handovers import ArrivalRefused
from app.accounts.identity_host import keep_private
from tenants.links import id_url


def install(blueprint: Blueprint) -> None:
    """Let nobody keep an answer of these routes, and tell who arrives in vain what to do."""
    blueprint.after_request(keep_private)
    blueprint.register_error_handler(ArrivalRefused, _turned_away)


def way_to_identity_host(hall: str, onward: str) -> str:
    """Return the address that signs this browser in and brings it back; `hall` is empty for the platform's own host."""
    new = {"new": 1} if request.args.get("new") else {}
    browser = handovers.browser_here()
    session.permanent = True
    return id_url("identity.passage", hall=hall, browser=browser, onward=onward, **new)


def _turned_away(refusal: ArrivalRefused) -> tuple[str, int]:
    return render_template("accounts/turned_away.html", message=refusal.message), refusal.status
