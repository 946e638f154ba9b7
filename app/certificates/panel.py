"""What certificates add to the page of work that is finished: the way to have it certified, for whoever did it."""

from flask import render_template
from markupsafe import Markup

from app.agreements.models import Agreement
from app.certificates.issuing import is_finished
from tenants.context import member_or_none


def certificate_panel(agreement: Agreement) -> Markup:
    """Return the part of an agreement's page for whoever did the work; nothing while there is nothing to certify."""
    viewer = member_or_none()
    if viewer is None or viewer.id != agreement.worker_id or not is_finished(agreement):
        return Markup("")
    return Markup(render_template("certificates/panel.html"))
