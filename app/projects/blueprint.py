"""Where every page about projects hangs."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.core.errors import Conflict

blueprint = Blueprint("projects", __name__, subdomain="hall")


@blueprint.errorhandler(Conflict)
def _already(refusal: Conflict) -> tuple[str, int]:
    """Say how things stand: for a second tab, a double click, the button back, somebody who was faster."""
    return render_template("projects/refused.html", message=refusal.message), 409


def to_project(project_id: object) -> Response:
    """Return the way back to a project's page."""
    return redirect(url_for("projects.show", project_id=project_id))
