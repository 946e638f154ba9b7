"""What somebody reads who is kept from something: until when, why, and how to appeal."""

from flask import render_template

from app.authorization import HeldBack
from app.core.database import db
from app.moderation.blueprint import blueprint
from app.moderation.models import Measure
from app.moderation.models.appeal import appeal_against
from app.moderation.words import deeds, until
from tenants.context import current_tenant_id


@blueprint.app_errorhandler(HeldBack)
def say(refusal: HeldBack) -> tuple[str, int]:
    """Say kindly what holds for how long, instead of the page that was asked for."""
    restraint = refusal.restraint
    measure = db.session.get(Measure, (current_tenant_id(), restraint.measure_id))
    page = render_template(
        "moderation/held_back.html",
        measure=measure,
        until=until(restraint.until),
        deeds=deeds(restraint.deeds),
        appeal=appeal_against(restraint.measure_id),
    )
    return page, refusal.status
