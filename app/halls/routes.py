"""A marketplace's front page."""

from flask import Blueprint, render_template

from app.authorization import authorized, current_member, may, public
from app.core import clock
from app.halls.queries import categories_with_counts, front_counts, newest_members
from app.halls.work import work_of
from app.policies import BE_HERE, SEE_HALL
from tenants.context import tenant

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


@blueprint.get("/work")
@authorized(BE_HERE)
def work() -> str:
    found = work_of(current_member(), today=clock.today(tenant.time_zone))
    return render_template("halls/work.html", work=found)
