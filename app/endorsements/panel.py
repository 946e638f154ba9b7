"""What endorsements add to the page of work that is finished: which skills one has seen, and the way to say so."""

from flask import render_template
from markupsafe import Markup

from app.agreements.models import Agreement
from app.endorsements.models import FINISHED, endorsable, endorsements_of
from app.profiles.people import people
from tenants.context import member_or_none


def endorsements_panel(agreement: Agreement) -> Markup:
    """Return the part of an agreement's page on the other side's skills; nothing while there is nothing to say."""
    viewer = member_or_none()
    if viewer is None or agreement.state not in FINISHED or not agreement.is_party(viewer.id):
        return Markup("")
    other = people([agreement.other(viewer.id)])[agreement.other(viewer.id)]
    names = dict(endorsable(agreement, other.id))
    if not other.is_here or not names:
        return Markup("")
    said = [names[one.skill_id] for one in endorsements_of(viewer.id, other.id) if one.skill_id in names]
    return Markup(render_template("endorsements/panel.html", agreement=agreement, other=other, said=said))
