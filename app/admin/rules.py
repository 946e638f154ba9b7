"""Publishing terms and guidelines."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.admin.desk import blueprint
from app.admin.forms import NewRules
from app.authorization import authorized, current_member
from app.core import clock
from app.core.forms import Form
from app.core.languages import gettext as _
from app.joining.rules import publish_rules, rules_in_force
from app.policies import MANAGE_HALL


@blueprint.get("/rules")
@authorized(MANAGE_HALL)
def rules() -> str:
    now = rules_in_force()
    return _page(NewRules(data={"guidelines": now.guidelines, "terms": now.terms} if now else None))


@blueprint.post("/rules")
@authorized(MANAGE_HALL)
def publish() -> tuple[str, int] | Response:
    form = NewRules()
    if not form.validate_on_submit():
        return _page(form), 422
    rules = publish_rules(
        terms=form.terms.data or "",
        guidelines=form.guidelines.data or "",
        note=form.note.data,
        by=current_member(),
        now=clock.now(),
    )
    flash(
        _("Version %(version)s is in force. Members are asked to accept it at their next visit.", version=rules.version)
    )
    return redirect(url_for("joining.rules"))


def _page(form: Form) -> str:
    return render_template("admin/rules.html", form_=form, rules=rules_in_force())
