"""Raised hands go along when their gig goes into another: each once, and whoever raised it is told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.activity.recording import record
from app.applications.models import Application
from app.core.database import db
from app.core.languages import gettext as _
from app.gigs.models import Gig
from app.mandates.acting import is_self_dealing
from app.profiles.blocks import are_apart
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.models import Member
from tenants.restraints import keeps_from

#: Hands in these states go along.
WAITING = ("sent", "shortlisted")
# Whoever withdrew there, or was answered when it ended, may still be meant.
_SETTLED_THERE = ("sent", "shortlisted", "offered", "accepted", "declined")


def carry_over(gig: Gig, into: Gig, *, by: Actor, now: datetime) -> int:
    """Let those who wait at a gig wait at another, with their words and dates, and return how many went along. Both gigs are
    locked. Whoever has their hand up there already, or cannot be one of its applicants, is answered.
    """
    there, waiting = _of(into, _SETTLED_THERE), _of(gig, WAITING)
    known = {one.applicant_id for one in there} | _kept_from([one.applicant_id for one in waiting], into, now=now)
    carried = 0
    for application in waiting:
        who = application.applicant_id
        if who in known or not _may_apply(who, into.author_id):
            application.close(by=None, why=_("It went into another gig: “%(title)s”.", title=into.title), now=now)
        else:
            _carry(application, gig, into, by=by, now=now)
            carried += 1
    return carried


def _may_apply(who: UUID, author_id: UUID) -> bool:
    return who != author_id and not are_apart(who, author_id) and not is_self_dealing(who, author_id)


def _kept_from(member_ids: list[UUID], into: Gig, *, now: datetime) -> set[UUID]:
    """Return who of some is banned from a gig's category."""
    found = select(Member.id, Member.restraints).where(scoped(Member), Member.id.in_(member_ids))
    return {row.id for row in db.session.execute(found) if keeps_from(row.restraints, into.category_id, now=now)}


def _carry(application: Application, gig: Gig, into: Gig, *, by: Actor, now: datetime) -> None:
    application.lock()
    application.gig_id = into.id
    # Another author, perhaps: they get their time to answer.
    application.set_timer(now=now)
    db.session.flush()
    db.session.expire(application, ["gig"])
    facts = application.facts(by) | {"title": gig.title, "into": into.title, "from_gig_id": gig.id}
    record("carry", application, by=by, from_=application.state, to=application.state, **facts)


def _of(gig: Gig, states: tuple[str, ...]) -> list[Application]:
    found = select(Application).where(scoped(Application), Application.gig_id == gig.id, Application.state.in_(states))
    return list(db.session.scalars(found.order_by(Application.id).with_for_update(key_share=True)))
