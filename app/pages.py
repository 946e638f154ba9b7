"""The request boundary and the pages around all pages: one commit per request, what every template knows, and errors."""

from typing import Any

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException

from app.authorization import may
from app.core.config import config
from app.core.database import db
from app.core.errors import ProductError, TooMany
from app.policies import __dict__ as _policy_names
from tenants.context import current_tenant, member_or_none, tenant_id_or_none
from themes.drawing import crest, emblem, initials
from themes.look import Look

log = structlog.get_logger()

_PERMISSIONS = {name: value for name, value in _policy_names.items() if name.isupper() and isinstance(value, str)}


def install(app: Flask) -> None:
    """Commit once at the end of a good request, roll back after a refused one; show errors as pages of the hall."""
    app.after_request(_finish)
    app.context_processor(_surroundings)
    app.jinja_env.globals.update(_PERMISSIONS, may=may, crest=crest, emblem=emblem)
    app.jinja_env.filters["initials"] = initials
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


def _surroundings() -> dict[str, Any]:
    return {"hall": _hall(), "me": member_or_none(), "site": g.get("site"), "settings": config()}


def _hall() -> Look | None:
    """Return what layouts show of the tenant in force, or None on the platform's own pages."""
    if tenant_id_or_none() is None:
        return None
    return Look(current_tenant())


def _refuse(error: ProductError) -> tuple[str, int, dict[str, str]]:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany) else {}
    return error_page(error.status, error.message), error.status, headers


def _refuse_token(_: CSRFError) -> tuple[str, int]:
    return error_page(400, "This page was open for a long time. Go back, reload it and send it again."), 400


def _http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    return error_page(error.code, ""), error.code


def _crash(error: Exception) -> tuple[str, int]:
    log.error("crash", path=request.path, tenant_id=tenant_id_or_none(), exc_info=error)
    db.session.rollback()
    return error_page(500, ""), 500


def error_page(status: int, message: str) -> str:
    """Return the page for a status: the hall's own, with what went wrong and what to do next."""
    try:
        return render_template([f"errors/{status}.html", "errors/error.html"], status=status, message=message)
    except TemplateNotFound:
        return f"<!doctype html><title>{status}</title><p>{message or 'That did not work.'}"
