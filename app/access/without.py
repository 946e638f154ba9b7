"""The leader's page about members without a membership: the same limits as a tier has, counted in the same way."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.blueprint import blueprint
from app.access.forms import WithoutMembership
from app.admin.settings import change_settings
from app.authorization import authorized, current_member
from app.core.database import db
from app.core.languages import gettext as _
from app.memberships.limits import limits_without
from app.policies import MANAGE_MONEY
from tenants.context import current_tenant_id
from tenants.models import Tenant


@blueprint.get("/desk/memberships/without")
@authorized(MANAGE_MONEY)
def without() -> str:
    return _page(WithoutMembership(data=limits_without()))


@blueprint.post("/desk/memberships/without")
@authorized(MANAGE_MONEY)
def save_without() -> tuple[str, int] | Response:
    form = WithoutMembership()
    if not form.validate_on_submit():
        return _page(form), 422
    row = db.session.get_one(Tenant, current_tenant_id())
    change_settings(row, {"limits_without": form.limits}, by=current_member())
    flash(_("Saved. It holds from now on; what is there already stays."))
    return redirect(url_for("tiers.index"))


def _page(form: WithoutMembership) -> str:
    return render_template("access/without.html", form_=form)
