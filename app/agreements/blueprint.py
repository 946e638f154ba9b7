"""Where every page about agreements hangs."""

from typing import Any

from flask import Blueprint, render_template, request

from app.core.errors import Conflict

blueprint = Blueprint("agreements", __name__, subdomain="hall")


@blueprint.errorhandler(Conflict)
def _already(refusal: Conflict) -> tuple[str, int]:
    """Say how things stand, with a way there: for a second tab, a double click, the button back."""
    values: dict[str, Any] = request.view_args or {}
    return render_template("agreements/refused.html", status=409, message=refusal.message, **values), 409
