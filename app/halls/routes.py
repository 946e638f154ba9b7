"""A marketplace's front page."""

from flask import Blueprint, render_template

from app.authorization import may, public
from app.halls.queries import categories_with_counts, front_counts, newest_members
from app.policies import SEE_HALL

blueprint = Blueprint("halls", __name__, subdomain="hall")


@blueprint.get("/")
@public
def front() -> str:
    """Open to everybody; to visitors of a hall that only members see it shows the door alone."""
    if not may(SEE_HALL):
        return render_template("halls/door.html")
    return render_template(
        "halls/front.html", counts=front_counts(), people=newest_members(), categories=categories_with_counts()
    )
