"""The leader's desk: what waits for a decision, and the settings of the marketplace."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.admin.forms import AccessSettings, HallSettings
from app.admin.overview import overview
from app.admin.queries import waiting_counts, waiting_things
from app.admin.settings import change_settings
from app.authorization import authorized, current_member, may
from app.core.database import db
from app.core.forms import Form
from app.core.languages import gettext as _
from app.messages.forms import RULES
from app.policies import INVITE, MANAGE_HALL, MANAGE_MEMBERS
from tenants.context import current_tenant_id
from tenants.models import Tenant

blueprint = Blueprint("admin", __name__, subdomain="hall", url_prefix="/desk")


@blueprint.get("/")
@authorized(INVITE)
def desk() -> str:
    requests = ("request",) if may(MANAGE_MEMBERS) else ()
    things = waiting_things(("gig", "report", "dispute", *requests))
    lately = overview() if may(MANAGE_HALL) else None
    return render_template("admin/desk.html", waiting=waiting_counts(), things=things, rules=RULES, lately=lately)


@blueprint.get("/settings")
@authorized(MANAGE_HALL)
def settings() -> str:
    return _settings_page(HallSettings(obj=_row()))


@blueprint.post("/settings")
@authorized(MANAGE_HALL)
def save_settings() -> tuple[str, int] | Response:
    form = HallSettings()
    if not form.validate_on_submit():
        return _settings_page(form), 422
    return _save("settings", form.data)


@blueprint.get("/access")
@authorized(MANAGE_HALL)
def access() -> str:
    row = _row()
    return _access_page(AccessSettings(obj=row, data={"join_questions": "\n".join(row.join_questions)}))


@blueprint.post("/access")
@authorized(MANAGE_HALL)
def save_access() -> tuple[str, int] | Response:
    form = AccessSettings()
    if not form.validate_on_submit():
        return _access_page(form), 422
    domains = [domain.lower() for domain in form.join_domains.data]
    return _save("access", form.data | {"join_questions": form.questions, "join_domains": domains})


def _row() -> Tenant:
    return db.session.get_one(Tenant, current_tenant_id())


def _save(page: str, changes: dict[str, object]) -> Response:
    change_settings(_row(), changes, by=current_member())
    flash(_("Saved. Everybody sees it from now on."))
    return redirect(url_for(f"admin.{page}"))


def _settings_page(form: Form) -> str:
    return render_template("admin/settings.html", form_=form)


def _access_page(form: Form) -> str:
    return render_template("admin/access.html", form_=form)
