"""Endorsing somebody's skills after work, and deciding which of it is counted."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.agreements.models import Agreement
from app.agreements.queries import agreement_or_404
from app.authorization import authorized, current_member
from app.core import clock
from app.core.database import db
from app.core.errors import Conflict
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.limits import allow
from app.endorsements.failures import NoSuchEndorsement, NotFinished
from app.endorsements.forms import EndorsementForm
from app.endorsements.models import FINISHED, Endorsement, endorsable, endorse, endorsements_of, show_waiting
from app.endorsements.panel import endorsements_panel
from app.endorsements.queries import said_about
from app.policies import ANSWER_VOUCH, BE_HERE, ENDORSE
from app.profiles.people import people
from tenants.context import current_tenant_id

blueprint = Blueprint("endorsements", __name__, subdomain="hall")
blueprint.add_app_template_global(endorsements_panel)

#: How often somebody may change their mind in a day.
A_DAY = 30


def endorsement_or_404(endorsement_id: UUID) -> Endorsement:
    """Return an endorsement, locked against changes at the same time.

    :raises NoSuchEndorsement: when this tenant has none of that id.
    """
    found = db.session.get(Endorsement, (current_tenant_id(), endorsement_id), with_for_update=True)
    if found is None:
        raise NoSuchEndorsement
    return found


@blueprint.get("/endorsements")
@authorized(BE_HERE)
def index() -> str:
    return render_template("endorsements/index.html", about_me=said_about(current_member().id))


@blueprint.get("/agreements/<uuid:agreement_id>/endorsements")
@authorized(ENDORSE, load=agreement_or_404)
def new(agreement: Agreement) -> str:
    if agreement.state not in FINISHED:
        raise NotFinished
    me = current_member()
    said = endorsements_of(me.id, agreement.other(me.id))
    return _form_page(agreement, EndorsementForm(data={"skills": [one.skill_id for one in said]}))


@blueprint.post("/agreements/<uuid:agreement_id>/endorsements")
@authorized(ENDORSE, load=agreement_or_404)
def write(agreement: Agreement) -> tuple[str, int] | Response:
    me, form = current_member(), EndorsementForm()
    form.skills.options = endorsable(agreement, agreement.other(me.id))
    if not form.validate_on_submit():
        return _form_page(agreement, form), 422
    allow("endorsements", str(me.id), limit=A_DAY, per=timedelta(days=1))
    new = endorse(agreement, form.skills.data, by=me, now=clock.now())
    flash(_("Thank you. It is counted on their page as soon as they say so.") if new else _("Kept as you said."))
    return redirect(url_for("agreements.show", agreement_id=agreement.id))


@blueprint.post("/endorsements/shown")
@authorized(BE_HERE)
def show_all() -> Response:
    number = show_waiting(by=current_member(), now=clock.now())
    flash(
        ngettext(
            "%(num)s endorsement is counted on your page.", "%(num)s endorsements are counted on your page.", number
        )
    )
    return redirect(url_for(".index"))


@blueprint.post("/endorsements/<uuid:endorsement_id>/show")
@authorized(ANSWER_VOUCH, load=endorsement_or_404)
def show(endorsement: Endorsement) -> Response:
    endorsement.show(by=current_member(), now=clock.now())
    flash(_("It is counted on your page now."))
    return redirect(url_for(".index"))


@blueprint.post("/endorsements/<uuid:endorsement_id>/hide")
@authorized(ANSWER_VOUCH, load=endorsement_or_404)
def hide(endorsement: Endorsement) -> Response:
    endorsement.hide(by=current_member(), now=clock.now())
    flash(_("It is not counted on your page."))
    return redirect(url_for(".index"))


@blueprint.errorhandler(Conflict)
def _not_so(refusal: Conflict) -> tuple[str, int]:
    values = request.view_args or {}
    return render_template("endorsements/refused.html", message=refusal.message, **values), 409


def _form_page(agreement: Agreement, form: EndorsementForm) -> str:
    other_id = agreement.other(current_member().id)
    form.skills.options = endorsable(agreement, other_id)
    return render_template(
        "endorsements/form.html", agreement=agreement, other=people([other_id])[other_id], form_=form
    )
