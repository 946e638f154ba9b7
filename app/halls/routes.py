"""A marketplace's front page."""

from flask import Blueprint, render_template

from app.authorization import public

blueprint = Blueprint("halls", __name__, subdomain="hall")


@blueprint.get("/")
@public
def front() -> str:
    return render_template("halls/front.html")
