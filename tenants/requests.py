"""The first step of every request: host → tenant, and the site's name for the templates."""

from flask import Flask, g, request

from app.core.config import config
from tenants.context import enter_request
from tenants.resolution import Sites, tenant_at


def install(app: Flask) -> None:
    """Resolve the tenant before anything else looks at the request, and forget it at its end."""
    app.before_request(_enter)
    app.teardown_request(_leave)


def _enter() -> None:
    g.site = Sites.of(config()).at(request.host)
    if request.endpoint in ("static", "health.healthz", "health.readyz", "assets.asset"):
        g.leave_tenant = enter_request(None)
    else:
        g.leave_tenant = enter_request(tenant_at(request.host) if g.site == "hall" else None)


def _leave(_error: BaseException | None) -> None:
    if leave := g.pop("leave_tenant", None):
        leave()
