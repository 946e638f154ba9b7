"""The first step of every request: host → tenant, and the site's name for the templates."""

from flask import Flask, Response, g, request

from app.core.config import config
from app.core.languages import LANGUAGES
from tenants.context import enter_request
from tenants.resolution import Sites, tenant_at


def install(app: Flask) -> None:
    """Resolve the tenant before anything else looks at the request, and forget it at its end."""
    app.before_request(_enter)
    app.after_request(_vary)
    app.teardown_request(_leave)


def _enter() -> None:
    g.site = Sites.of(config()).at(request.host)
    if request.endpoint in ("static", "health.healthz", "health.readyz", "assets.asset"):
        g.leave_tenant = enter_request(None)
    else:
        # Nobody's first: an address where there is no hall answers with nothing of any other.
        g.leave_tenant = enter_request(None, preferred=None if g.site == "hall" else _preferred())
        if g.site == "hall":
            enter_request(tenant_at(request.host))


def _preferred() -> str | None:
    """Return the browser's choice among our languages: for the platform's own pages, where nobody else has chosen."""
    return request.accept_languages.best_match(LANGUAGES)


def _vary(response: Response) -> Response:
    if g.get("site") in ("platform", "id"):
        response.vary.add("Accept-Language")
    return response


def _leave(_error: BaseException | None) -> None:
    if leave := g.pop("leave_tenant", None):
        leave()
