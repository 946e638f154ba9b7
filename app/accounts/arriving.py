"""The doors of a hall: off to the identity host, back with a code, and out again."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.accounts import handovers, sessions
from app.accounts.doors import came_from, install, way_to_identity_host
from app.accounts.tribes import tribes_of
from app.authorization import authorized, current_member, public, signed_in_person
from app.core import clock
from app.core.database import db
from app.core.local import local_path
from app.policies import BE_HERE
from tenants.context import member_or_none, person_id_or_none, tenant
from tenants.isolation import scoped
from tenants.links import id_url
from tenants.models import Member

blueprint = Blueprint("accounts", __name__, subdomain="hall")
install(blueprint)


@blueprint.get("/enter")
@public
def enter() -> Response:
    """Set out for the identity host, unless this browser is signed in here already."""
    onward = local_path(request.args.get("onward") or came_from())
    if member_or_none() is not None:
        return redirect(onward)
    elif person_id_or_none() is not None:
        return redirect(_door_to(onward))
    else:
        return redirect(way_to_identity_host(tenant.slug, onward))


@blueprint.get("/arrive")
@public
def arrive() -> Response:
    """Come back from the identity host: a session begins here, and whoever is no member yet goes to the door."""
    handover = handovers.receive(request.args.get("code", ""), host=tenant.host, now=clock.now())
    member_id = db.session.scalars(
        select(Member.id).where(scoped(Member), Member.user_id == handover.user_id, Member.standing == "active")
    ).one_or_none()
    sessions.begin(user_id=handover.user_id, member_id=member_id, identity_session=handover.identity_session)
    return redirect(handover.onward if member_id else _door_to(handover.onward))


@blueprint.post("/departure")
@signed_in_person
def departure() -> Response:
    """Sign this browser out of this hall; the identity host offers the rest."""
    if current_user.is_authenticated:
        sessions.end(current_user.token)
    return redirect(id_url("account.gone", hall=tenant.slug))


@blueprint.get("/tribes")
@authorized(BE_HERE, before_rules=True)
def tribes() -> str:
    """Show the marketplaces that this person belongs to: a page that pages everybody shares only link to."""
    others = [card for card in tribes_of(current_member().user_id) if card.tenant_id != tenant.id]
    return render_template("accounts/tribes.html", tribes=others, account_url=id_url("account.home"))


def _door_to(onward: str) -> str:
    """Return the address of the door that leads on to a page, for whoever is no member yet."""
    door = url_for("joining.join")
    if onward.partition("?")[0] == door:
        return onward
    else:
        return url_for("joining.join", onward=onward if onward != "/" else None)
