"""What time credits add to an agreement's page: what agreeing would reserve, what is reserved, what was given."""

from flask import render_template
from markupsafe import Markup

from app.agreements.models import Agreement
from app.agreements.states import NEGOTIATED
from app.credits.reading import standing_of
from app.credits.settling import given_for, reserved_for
from app.policies import EARN, allows
from tenants.context import member_or_none


def credits_panel(agreement: Agreement) -> Markup:
    """Return the part of an agreement's page about its hours, for its two sides and for who settles a dispute."""
    viewer = member_or_none()
    if viewer is None or agreement.settlement != "credits":
        return Markup("")
    is_client = viewer.id == agreement.client_id
    is_open = agreement.state in NEGOTIATED
    given = 0 if is_open else given_for(agreement)
    return Markup(
        render_template(
            "credits/panel.html",
            agreement=agreement,
            own=standing_of(viewer.id) if is_open and is_client else None,
            reserved=0 if is_open else reserved_for(agreement),
            given=given,
            may_give_back=bool(given) and allows(EARN, viewer, agreement),
        )
    )
