"""The platform's own host, and the first steps of a new marketplace on its own."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member, public
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.findable import be_found
from app.core.languages import gettext as _
from app.openings.checklist import checklist
from app.openings.wizard import blueprint as wizard
from app.policies import MANAGE_HALL
from tenants.context import current_tenant_id
from tenants.links import origin
from tenants.models import Tenant
from tenants.resolution import open_tenants

platform = Blueprint("platform", __name__, subdomain="platform")
hall = Blueprint("first_steps", __name__, subdomain="hall")
blueprints = (platform, wizard, hall)

#: The demo's marketplaces, whose pictures the page shows.
_SHOWN = ("designers", "hillside", "northwind")


@platform.get("/")
@public
def front() -> str:
    """What Guildhall is; in development also the way to the demo marketplaces and the mailbox."""
    be_found()
    found = [(one, origin(one.host)) for one in open_tenants(limit=6)] if config().development else []
    return render_template(
        "openings/front.html",
        halls={one.slug: address for one, address in found if one.slug in _SHOWN},
        others=[(one, address) for one, address in found if one.slug not in _SHOWN],
    )


@hall.get("/welcome")
@authorized(MANAGE_HALL)
def welcome() -> str:
    return render_template("openings/welcome.html", steps=checklist(current_member()))


@hall.post("/welcome/dismissal")
@authorized(MANAGE_HALL)
def dismissal() -> Response:
    """Put the checklist away; it can still be opened from the desk."""
    db.session.get_one(Tenant, current_tenant_id()).checklist_dismissed_at = clock.now()
    flash(_("The first steps are put away. You find them on the desk."))
    return redirect(url_for("halls.front"))
