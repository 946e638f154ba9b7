"""The leader's desk: what waits for a decision, and the settings of the marketplace."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.admin.forms import AccessSettings, HallSettings, LookSettings
from app.admin.queries import waiting_counts
from app.admin.settings import change_settings
from app.authorization import authorized, current_member
from app.core.database import db
from app.core.forms import Form
from app.joining.choices import preset_notes
from app.policies import INVITE, MANAGE_HALL
from tenants.context import current_tenant_id, tenant
from tenants.models import Tenant
from themes.specimen import specimen_url

blueprint = Blueprint("admin", __name__, subdomain="hall", url_prefix="/desk")


@blueprint.get("/")
@authorized(INVITE)
def desk() -> str:
    return render_template("admin/desk.html", waiting=waiting_counts())


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


@blueprint.get("/look")
@authorized(MANAGE_HALL)
def look() -> str:
    return _look_page(LookSettings(obj=_row()))


@blueprint.post("/look")
@authorized(MANAGE_HALL)
def save_look() -> tuple[str, int] | Response:
    form = LookSettings()
    if not form.validate_on_submit():
        return _look_page(form), 422
    return _save("look", form.data)


def _row() -> Tenant:
    return db.session.get_one(Tenant, current_tenant_id())


def _save(page: str, changes: dict[str, object]) -> Response:
    change_settings(_row(), changes, by=current_member())
    flash("Saved. Everybody sees it from now on.")
    return redirect(url_for(f"admin.{page}"))


def _settings_page(form: Form) -> str:
    return render_template("admin/settings.html", form_=form)


def _access_page(form: Form) -> str:
    return render_template("admin/access.html", form_=form)


def _look_page(form: Form) -> str:
    picture = specimen_url(tenant.preset, tenant.brand_colour, tenant.name)
    return render_template("admin/look.html", form_=form, picture=picture, styles=preset_notes())
