"""What all pages of the identity host share: they serve a hall in its own clothes, and nothing keeps them."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app.accounts import passages
from app.accounts.identity import AccountDisabled, SignedInPerson
from app.core import clock
from tenants.context import TenantInfo
from tenants.links import hall_url
from themes.look import Look


class Served(Look):
    """The hall that a person is on their way to, as the identity host shows it."""

    def __init__(self, tenant: TenantInfo) -> None:
        super().__init__(tenant, at_home=False)

    @property
    def url(self) -> str:
        return hall_url(self.tenant, "halls.front")


def install(blueprint: Blueprint) -> None:
    """Remember the hall that an address names, let nobody keep a page, and tell the owner of a closed account of it."""
    blueprint.before_request(_serve_hall)
    blueprint.after_request(keep_private)
    blueprint.register_error_handler(AccountDisabled, _say_closed)


def keep_private(response: Response) -> Response:
    """Let no cache keep what is one person's alone, or an address with a code."""
    response.headers["Cache-Control"] = "no-store"
    return response


def page(template: str, **values: Any) -> str:
    """Return a page in the clothes of the hall that the browser came from."""
    hall = passages.hall_served()
    return render_template(f"accounts/{template}.html", hall=Served(hall) if hall else None, **values)


def go_on(person: SignedInPerson) -> Answer:
    """Send a person, signed in, to where they were going; first to what their account still lacks."""
    if not person.user.name:
        return redirect(url_for("identity.name"))
    return redirect(passages.way_back(person, now=clock.now()) or url_for("account.home"))


def _serve_hall() -> None:
    if request.endpoint != "identity.passage" and (slug := request.args.get("hall")):
        passages.serve(slug)


def _say_closed(refusal: AccountDisabled) -> tuple[str, int]:
    # Only who proved that the account is theirs comes as far as this.
    return page("closed"), refusal.status
