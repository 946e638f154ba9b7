"""What applications add to a gig's own page: the way to raise a hand, and for its author how many did."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import Row, bindparam, case, func, select

from app.applications.models import Application
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.gigs.models.seats import takes_applications
from app.gigs.standing import NextStep, Standing, refines_standing
from app.policies import APPLY, SEE_APPLICATIONS, SEE_OWN_HANDS, allows, grants
from tenants.context import Actor
from tenants.isolation import scoped

_OF_AUTHOR = select(
    func.count().label("everybody"),
    func.count(case((Application.state.in_(("sent", "shortlisted")), 1))).label("waiting"),
).where(scoped(Application), Application.gig_id == bindparam("gig_id"))
_OF_VIEWER = (
    select(Application.id, Application.state)
    .where(
        scoped(Application),
        Application.gig_id == bindparam("gig_id"),
        Application.applicant_id == bindparam("viewer_id"),
    )
    .order_by(Application.id.desc())
    .limit(1)
)
_YOURS = {
    "sent": (_l("Your hand is up"), _l("They have your application and will answer.")),
    "shortlisted": (_l("You are on the short list"), _l("They are still deciding.")),
    "offered": (_l("The gig is offered to you"), _l("Read the terms and answer.")),
    "accepted": (_l("You have this gig"), ""),
    "declined": (_l("Not this time"), _l("They have answered your application.")),
}


@refines_standing
def with_applications(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Add “Raise your hand” for others, how it stands for those who did, and how many wait for the author."""
    if viewer is None:
        return standing.first(_raise(gig.id)) if takes_applications(gig) else standing
    elif viewer.id in (gig.author_id, gig.coordinator_id):
        return _for_author(gig, standing) if allows(SEE_APPLICATIONS, viewer, gig) else standing
    mine = _of_viewer(gig, viewer)
    if mine is not None and mine.state in _YOURS:
        title, text = _YOURS[mine.state]
        see = NextStep(_("See your application"), href=url_for("applications.show", application_id=mine.id))
        return replace(standing, title=title, text=text, until="", is_theirs=mine.state != "offered").first(see)
    elif takes_applications(gig) and not getattr(gig, "apart", False) and grants(APPLY, viewer, gig):
        return standing.first(_raise(gig.id))
    else:
        return standing


def _of_viewer(gig: Any, viewer: Actor) -> Row[Any] | None:
    """Return the latest application of whoever looks; where somebody acts for them, only if the mandate is for that."""
    if not allows(SEE_OWN_HANDS, viewer):
        return None
    return db.session.execute(_OF_VIEWER, {"gig_id": gig.id, "viewer_id": viewer.id}).one_or_none()


def _for_author(gig: Any, standing: Standing) -> Standing:
    if gig.state in ("draft", "in_review"):
        return standing
    hands = db.session.execute(_OF_AUTHOR, {"gig_id": gig.id}).one()
    if not hands.everybody:
        return standing
    kind = "primary" if hands.waiting else "quiet"
    label = (
        ngettext("Answer %(num)s person", "Answer %(num)s people", hands.waiting)
        if hands.waiting
        else _("Who raised a hand")
    )
    return standing.first(NextStep(label, href=url_for("applications.of_gig", gig_id=gig.id), kind=kind))


def _raise(gig_id: UUID) -> NextStep:
    return NextStep(_("Raise your hand"), href=url_for("applications.new", gig_id=gig_id), kind="primary")
