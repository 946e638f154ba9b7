"""The request boundary: one commit per request, and refusals as pages of the hall."""

from math import ceil
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.core.config import config
from app.core.database import db
from app.core.errors import ProductError, TooMany
from app.core.languages import gettext as _
from app.core.languages import ngettext
from tenants.context import tenant_id_or_none
from tenants.links import origin

log = structlog.get_logger()


def install(app: Flask) -> None:
    """Commit once at the end of a good request, roll back after a refused one; show errors as pages of the hall."""
    app.after_request(_finish)
    app.register_error_handler(ProductError, _refuse)
    app.register_error_handler(CSRFError, _refuse_token)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _crash)


def _finish(response: Response) -> Response:
    keep = response.status_code < 400 or g.get("commit_anyway", False)
    if db.session.registry.has():
        if keep:
            db.session.commit()
        else:
            db.session.rollback()
    return response


def _refuse(error: ProductError) -> tuple[str, int, dict[str, str]]:
    if isinstance(error, TooMany):
        page = error_page(error.status, error.message, wait=_in_words(error.retry_after))
        return page, error.status, {"Retry-After": str(error.retry_after)}
    else:
        return error_page(error.status, error.message), error.status, {}


def _refuse_token(_error: CSRFError) -> tuple[str, int]:
    return error_page(400, _("This page was open for a long time, so it could not be sent as it was.")), 400


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    return error_page(error.code), error.code


def _crash(error: Exception) -> tuple[str, int]:
    number = token_hex(4)
    log.error("crash", number=number, path=request.path, tenant_id=tenant_id_or_none(), exc_info=error)
    db.session.rollback()
    return error_page(500, number=number), 500


def error_page(status: int, message: str = "", **facts: str) -> str:
    """Return the page for a status: the hall's own, with what went wrong and what to do next.

    :param message: what went wrong in a sentence of ours; without one the page has its own.
    :param facts: `wait` (how long, in words), `number` (under which a crash stands in the log).
    """
    shown = {"status": status, "message": message, "back": _page_before(), "home": _home(), **facts}
    try:
        return render_template([f"errors/{status}.html", "errors/error.html"], **shown)
    except Exception as error:
        # Whatever the surroundings of a page could not be had for, the database first of all.
        log.error("crash of an error page", status=status, exc_info=error)
        return current_app.jinja_env.get_template("errors/bare.html").render(shown)


def _page_before() -> str | None:
    """Return the page of this very host that the browser came from, unless it is what went wrong."""
    before = urlsplit(request.referrer or "")
    is_here = before.netloc == request.host and before.scheme == request.scheme
    path = before.path + (f"?{before.query}" if before.query else "")
    return path if is_here and path not in (request.path, request.full_path) else None


def _home() -> str:
    """Return where there is something in any case: at an address that no marketplace has, on the platform."""
    return f"{origin(config().platform_host)}/" if g.get("site") == "hall" and tenant_id_or_none() is None else "/"


def _in_words(seconds: int) -> str:
    """Return a wait, rounded up: “40 seconds”, “3 minutes”, “2 hours”."""
    if seconds < 90:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    elif seconds < 5400:
        return ngettext("%(num)s minute", "%(num)s minutes", ceil(seconds / 60))
    else:
        return ngettext("%(num)s hour", "%(num)s hours", ceil(seconds / 3600))
