"""The leader's page about the weights: change them, look at what that changes, let them be in force."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.authorization import authorized, current_member
from app.core import clock
from app.core.languages import gettext as _
from app.matching.explaining import explained
from app.matching.forms import Tuning
from app.matching.models import MatchingWeights
from app.matching.previewing import Comparison, compared
from app.matching.queries import weights_in_force
from app.matching.weights import Weights
from app.policies import MANAGE_HALL
from tenants.context import current_tenant

blueprint = Blueprint("tuning", __name__, subdomain="hall", url_prefix="/desk/matching")


@blueprint.get("")
@authorized(MANAGE_HALL)
def edit() -> str:
    return _page(Tuning.of(weights_in_force()))


@blueprint.post("")
@authorized(MANAGE_HALL)
def save() -> str | tuple[str, int] | Response:
    form, before = Tuning(), weights_in_force()
    if not form.validate_on_submit():
        return _page(form), 422
    me, now = current_member(), clock.now()
    if request.form.get("step") == "preview":
        return _page(form, compared(before, form.weights, form.whom.data, viewer=me, now=now))
    MatchingWeights.tune(form.weights, before=before, by=me, now=now)
    flash(_("These weights count from now on. Every member can read them."))
    return redirect(url_for(".edit"))


def _page(form: Tuning, comparisons: list[Comparison] | None = None) -> str:
    usual = explained(Weights.of_kind(current_tenant().kind))
    return render_template("matching/tuning.html", form_=form, usual=usual, comparisons=comparisons)
