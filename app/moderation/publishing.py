"""How often which rule was applied, for everybody, where the leaders want that; and what they choose about moderation."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.activity.recording import record
from app.authorization import authorized, current_member, may
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import gettext as _
from app.moderation.blueprint import blueprint
from app.moderation.forms import SettingsForm
from app.moderation.models import settings_here
from app.moderation.models.settings import settings_to_change
from app.moderation.queries import summary
from app.policies import MANAGE_HALL, MODERATE, SEE_HALL
from tenants.versions import touch


@blueprint.get("/moderation")
@authorized(SEE_HALL)
def published() -> str:
    is_public = settings_here().publishes_summary
    if not is_public and not may(MODERATE):
        raise NotFound
    return render_template("moderation/summary.html", quarters=summary(), is_public=is_public)


@blueprint.get("/desk/moderation/settings")
@authorized(MANAGE_HALL)
def settings() -> str:
    return _page(SettingsForm(obj=settings_here()))


@blueprint.post("/desk/moderation/settings")
@authorized(MANAGE_HALL)
def save_settings() -> tuple[str, int] | Response:
    form = SettingsForm()
    if not form.validate_on_submit():
        return _page(form), 422
    form.populate_obj(settings_to_change())
    me = current_member()
    # A tenant's id is a number, so its facts hang on the member who changed it.
    record("changed_settings", me, by=me, kind="tenant", changes={"moderation": form.data})
    touch("hall")
    flash(_("Saved. Everybody sees it from now on."))
    return redirect(url_for("moderation.settings"))


@blueprint.app_template_global()
def shows_how_rules_are_kept() -> bool:
    """Return whether everybody may read the summary: for the page of the rules."""
    return settings_here().publishes_summary


def _page(form: Form) -> str:
    return render_template("moderation/settings.html", form_=form)
