"""What the doors of a hall and of the platform's own host share."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template, request, session
from werkzeug.exceptions import HTTPException

from app.accounts import handovers
from app.accounts.handovers import ArrivalRefused
from app.accounts.identity_host import keep_private
from tenants.links import id_url

_DOORS = ("accounts", "platform_accounts", "joining", "departures")


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


def came_from() -> str | None:
    """Return the page of this host that a link to a door was on, or None: also when that page was a door itself.

    So links that every page of a hall shares bring their reader back to where they were.
    """
    page, here = request.referrer or "", request.host_url.rstrip("/")
    path = page.removeprefix(here)
    if path == page or not path.startswith("/"):
        return None
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    return None if endpoint.partition(".")[0] in _DOORS else path


def _turned_away(refusal: ArrivalRefused) -> tuple[str, int]:
    return render_template("accounts/turned_away.html", message=refusal.message), refusal.status
