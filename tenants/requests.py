"""The first step of every request: host → tenant, and the site's name for the templates."""

from collections.abc import Callable

from flask import Flask, Response, g, request

from app.core.config import config
from app.core.errors import ProductError
from app.core.languages import LANGUAGES, speak
from tenants.context import TenantInfo, enter_request
from tenants.resolution import Sites

_OF_NO_TENANT = ("static", "health.healthz", "health.readyz", "assets.asset")


def install(app: Flask, arrive: Callable[[], TenantInfo]) -> None:
    """Resolve the tenant before anything else looks at the request, and forget it at its end.

    :param arrive: gives the open tenant at the request's host.
    """

    def enter() -> None:
        g.site = Sites.of(config()).at(request.host)
        if request.endpoint in _OF_NO_TENANT:
            g.leave_tenant = enter_request(None)
        else:
            # Nobody's first: an address where there is no hall answers with nothing of any other.
            g.leave_tenant = enter_request(None)
            if g.site != "hall":
                speak(_preferred())
            else:
                try:
                    enter_request(arrive())
                except ProductError:
                    speak(_preferred())
                    raise

    app.before_request(enter)
    app.after_request(_vary)
    app.teardown_request(_leave)


def _preferred() -> str | None:
    """Return the browser's choice among our languages: for pages of no hall, where nobody else has chosen."""
    # In the order of their liking; “de-AT” is served by “de”.
    asked = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((code for code in asked if code in LANGUAGES), None)


def _vary(response: Response) -> Response:
    if g.get("site") in ("platform", "id"):
        response.vary.add("Accept-Language")
    return response


def _leave(_error: BaseException | None) -> None:
    if leave := g.pop("leave_tenant", None):
        leave()
