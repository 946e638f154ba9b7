"""The leader's page: what a membership is needed for, the days of grace, and what is left after them."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access.blueprint import blueprint
from app.access.forms import AccessByMembership
from app.access.queries import tiers_to_name
from app.access.words import PURPOSES
from app.admin.settings import change_settings
from app.authorization import authorized, current_member
from app.core.database import db
from app.core.languages import gettext as _
from app.policies import MANAGE_MONEY
from tenants.context import current_tenant_id
from tenants.models import Tenant


@blueprint.get("/desk/memberships/access")
@authorized(MANAGE_MONEY)
def settings() -> str:
    hall = _row()
    form = AccessByMembership.of(hall.membership_needs, grace_days=hall.grace_days, after_lapse=hall.after_lapse)
    return _page(form)


@blueprint.post("/desk/memberships/access")
@authorized(MANAGE_MONEY)
def save_settings() -> tuple[str, int] | Response:
    form = AccessByMembership()
    if not form.validate_on_submit():
        return _page(form), 422
    changes = {
        "membership_needs": form.needs,
        "grace_days": form.grace_days.data,
        "after_lapse": form.after_lapse.data,
    }
    change_settings(_row(), changes, by=current_member())
    flash(_("Saved. It holds from now on."))
    return redirect(url_for(".settings"))


def _row() -> Tenant:
    return db.session.get_one(Tenant, current_tenant_id())


def _page(form: AccessByMembership) -> str:
    return render_template("access/settings.html", form_=form, said=PURPOSES, has_tiers=bool(tiers_to_name()))
