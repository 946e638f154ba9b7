"""The doors of the platform's own host, for whoever opens a hall; its sessions are of the identity host's kind."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from app.accounts import handovers, identity
from app.accounts.doors import came_from, install, way_to_identity_host
from app.accounts.models import User
from app.accounts.people import signed_in_here
from app.authorization import public, signed_in_person
from app.core import clock
from app.core.config import config
from app.core.database import db
from app.core.local import local_path
from tenants.context import person_id_or_none
from tenants.links import id_url

blueprint = Blueprint("platform_accounts", __name__, subdomain="platform")
install(blueprint)


@blueprint.get("/enter")
@public
def enter() -> Response:
    onward = local_path(request.args.get("onward") or came_from())
    return redirect(onward if person_id_or_none() is not None else way_to_identity_host("", onward))


@blueprint.get("/arrive")
@public
def arrive() -> Response:
    handover = handovers.receive(request.args.get("code", ""), host=config().platform_host, now=clock.now())
    identity.begin(db.session.get_one(User, handover.user_id), carried_from=handover.identity_session)
    return redirect(handover.onward)


@blueprint.post("/departure")
@signed_in_person
def departure() -> Response:
    """Sign this browser out: of the platform, of the identity host, and of every hall."""
    person = signed_in_here()
    if person is not None:
        identity.end(person)
    return redirect(id_url("account.gone"))
