"""The leader's page about badges: what each means, who could have it, and doing without."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.badges import listening
from app.badges.models import BadgeOff
from app.badges.queries import counted
from app.badges.rules import RULES
from app.core import clock
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.policies import MANAGE_HALL

blueprint = Blueprint("badges", __name__, subdomain="hall", url_prefix="/desk/badges")
listening.install()


@blueprint.get("")
@authorized(MANAGE_HALL)
def index() -> str:
    return render_template("badges/index.html", badges=counted())


@blueprint.post("/<badge>/off")
@authorized(MANAGE_HALL)
def switch_off(badge: str) -> Response:
    BadgeOff.switch_off(_known(badge), by=current_member(), now=clock.now())
    flash(_("“%(name)s” is shown no more.", name=RULES[badge].name))
    return redirect(url_for(".index"))


@blueprint.post("/<badge>/on")
@authorized(MANAGE_HALL)
def switch_on(badge: str) -> Response:
    BadgeOff.switch_on(_known(badge), by=current_member())
    flash(_("“%(name)s” is shown again.", name=RULES[badge].name))
    return redirect(url_for(".index"))


def _known(badge: str) -> str:
    if badge not in RULES:
        raise NotFound
    return badge
