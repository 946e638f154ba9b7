"""Links from one host to another: built from the stored domain and our own settings, never from a request's headers."""

from typing import Any, Protocol

from flask import current_app
from werkzeug.routing import MapAdapter

from app.core.config import config
from tenants.context import Site
from tenants.resolution import Sites


class HasHost(Protocol):
    @property
    def host(self) -> str: ...


def hall_url(tenant: HasHost, endpoint: str, **values: Any) -> str:
    """Return the absolute address of an endpoint on a tenant's host."""
    return origin(tenant.host) + _path("hall", endpoint, values)


def id_url(endpoint: str, **values: Any) -> str:
    """Return the absolute address of an endpoint on the identity host."""
    return origin(Sites.of(config()).identity_host) + _path("id", endpoint, values)


def platform_url(endpoint: str, **values: Any) -> str:
    """Return the absolute address of an endpoint on the platform's own host."""
    return origin(config().platform_host) + _path("platform", endpoint, values)


def origin(host: str) -> str:
    """Return scheme, host and port as a browser names them."""
    settings = config()
    port = f":{settings.public_port}" if settings.public_port else ""
    return f"{settings.scheme}://{host}{port}"


def _path(site: Site, endpoint: str, values: dict[str, Any]) -> str:
    adapter: MapAdapter = current_app.url_map.bind("internal.invalid", subdomain=site)
    return adapter.build(endpoint, values, force_external=False)
