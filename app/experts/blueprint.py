"""Where the pages about experts hang."""

from flask import Blueprint, render_template

from app.core.errors import Conflict

blueprint = Blueprint("experts", __name__, subdomain="hall")


@blueprint.errorhandler(Conflict)
def _not_so(refusal: Conflict) -> tuple[str, int]:
    """Say how things stand: for a second tab, and for whoever asks too soon."""
    return render_template("experts/refused.html", message=refusal.message), 409
