"""The request boundary: one commit per request, and refusals as pages of the hall."""

from typing import Any

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateNotFound
from werkzeug.exceptions import HTTPException

from app.core.database import db
from app.core.errors import ProductError, TooMany
from tenants.context import tenant_id_or_none

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
