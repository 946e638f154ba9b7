"""Whole pages, remembered while nothing that they show has changed.

In front of Flask: who arrives and what changed is read first, in one trip, and often that is all there is to do. A key holds
everything that a page depends on: the address, the cookie, and the whole row that was read, with the tenant, its versions,
and whoever is signed in. What changes any of them leads to another key, so nothing is ever stale and nobody is shown another's
page. Only pages that say so (`while_unchanged`) are remembered, none with anything that was said once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, cast

from flask import Flask, Response, current_app, request, session
from psycopg import OperationalError
from werkzeug.http import parse_etags

from app.accounts.entrance import ARRIVAL, Arrival, Entrance
from app.core import clock
from app.core.assets import Environ, StartResponse, WsgiApp
from app.core.caching import Cache, Caches, Constancy
from app.core.cookies import SignedCookies
from app.core.tokens import digest
from tenants import resolution
from tenants.resolution import NoSuchAddress, Sites

_KEY = "guildhall.page"
# Where a session holds what is to be said with the next page, and then never again.
_SAID_ONCE = "_flashes"
_NOTHING: dict[str, Any] = {}
_METHODS = frozenset({"GET", "HEAD"})
# A browser asks each time whether its page is still good; what lies between us must not keep it for others.
_ASK_AGAIN = "private, no-cache"
_OF_304 = frozenset({"ETag", "Cache-Control", "Vary"})
# A key's own texts in bytes, roughly: the row and the cookie. A longer question is nobody's habit.
_KEY_SIZE, _LONGEST_QUERY = 3_000, 300


@dataclass(frozen=True, slots=True)
class _Page:
    """An answer as the server takes it, and how long it is good."""

    tag: str
    headers: list[tuple[str, str]]
    body: bytes
    until: datetime

    def answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and (asked == f'"{self.tag}"' or parse_etags(asked).contains_weak(self.tag)):
            start_response("304 Not Modified", [pair for pair in self.headers if pair[0] in _OF_304])
            return []
        start_response("200 OK", self.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


class RememberedPages:
    """Answers with the page that is remembered, or lets Flask make it."""

    def __init__(self, app: Flask, inner: WsgiApp) -> None:
        self._app = app
        self._inner = inner
        self._sites = cast(Sites, app.sites)  # type: ignore[attr-defined]
        self._entrance = cast(Entrance, app.extensions["entrance"])
        self._cookies = cast(SignedCookies, app.session_interface)
        self._cookie_name = app.config["SESSION_COOKIE_NAME"]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        page = self._page(environ) if environ["REQUEST_METHOD"] in _METHODS else None
        return page.answer(environ, start_response) if page else self._inner(environ, start_response)

    def _page(self, environ: Environ) -> _Page | None:
        """Return the page for a request, if it is here; otherwise note in the environment what Flask would ask again."""
        host, query = environ.get("HTTP_HOST", ""), environ.get("QUERY_STRING", "")
        if len(query) > _LONGEST_QUERY or self._sites.at(host) != "hall":
            return None
        cookie = self._cookie(environ)
        values = self._cookies.values(self._app, cookie) if cookie else _NOTHING
        token = values.get("_user_id")
        try:
            arrival = environ[ARRIVAL] = self._entrance.arrive(host, digest(token) if token else None)
        except (NoSuchAddress, OperationalError):
            # Flask has the pages that say so.
            return None
        if _SAID_ONCE in values or arrival.is_due or arrival.acts_for_another:
            # What somebody may see who acts for somebody else hangs on more than this row.
            return None
        key = environ[_KEY] = (arrival.row, host, environ.get("PATH_INFO"), query, cookie)
        page = pages_of(self._app).get(key)
        return page if page and page.until > clock.now() else None

    def _cookie(self, environ: Environ) -> str | None:
        for pair in environ.get("HTTP_COOKIE", "").split(";"):
            name, _, value = pair.partition("=")
            if name.strip() == self._cookie_name:
                return str(value).strip()
        return None


def pages_of(app: Flask) -> Cache[_Page]:
    """Return the pages that an application remembers."""
    return cast(Caches, app.extensions["caches"]).pages


def remember(response: Response) -> Response:
    """Remember the finished answer where its view allows it, and return it, or that the browser's copy is still good."""
    environ, pages = request.environ, pages_of(current_app)
    key, view = environ.get(_KEY), current_app.view_functions.get(request.endpoint or "")
    constancy: Constancy | None = getattr(view, "constancy", None)
    if (
        key is None
        or constancy is None
        or not pages.capacity
        or response.status_code != 200
        or request.method != "GET"
        or session.modified
        or "Set-Cookie" in response.headers
        or (constancy.for_visitors and environ[ARRIVAL].caller is not None)
    ):
        return response
    page = _made(response, environ[ARRIVAL], constancy)
    pages.put(key, page, len(page.body) + _KEY_SIZE)
    return response.make_conditional(request) if "HTTP_IF_NONE_MATCH" in environ else response  # type: ignore[return-value]


def _made(response: Response, arrival: Arrival, constancy: Constancy) -> _Page:
    now, zone, body = clock.now(), resolution.time_zone(arrival.row), response.get_data()
    tag = blake2b(body, digest_size=12).hexdigest()
    response.set_etag(tag)
    response.headers["Cache-Control"] = _ASK_AGAIN
    headers = response.get_wsgi_headers(request.environ).to_wsgi_list()
    return _Page(tag, headers, body, min(clock.end_of_day(clock.today(zone), zone), now + constancy.at_most))
