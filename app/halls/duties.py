"""What waits for those who look after a marketplace or a field of work: one task for each sort of thing."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, func, null, select

from app.agreements.models import Agreement
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.core.wording import listed
from app.gigs.models import Gig, GigEdit
from app.halls.task import Task
from app.joining.models import JoinRequest
from app.messages.models import Report
from app.policies import MANAGE_MEMBERS, MODERATE, SEE_REVIEWS, allows
from tenants.context import Actor
from tenants.isolation import scoped


def duties(me: Actor) -> Iterator[Task]:
    """Yield what waits for a leader, a moderator or a category's leader; nothing for anybody else."""
    if not allows(SEE_REVIEWS, me):
        return
    waiting = _waiting(me)
    if waiting.requests:
        note = ngettext("%(num)s person asks to be let in", "%(num)s people ask to be let in", waiting.requests)
        yield _duty("admin.requests", _("Requests to join"), note, "people")
    if waiting.gigs or waiting.edits:
        parts = []
        if waiting.gigs:
            parts.append(ngettext("%(num)s new gig", "%(num)s new gigs", waiting.gigs))
        if waiting.edits:
            parts.append(ngettext("%(num)s change", "%(num)s changes", waiting.edits))
        note = _("%(counted)s to approve or hand back", counted=listed(parts))
        yield _duty("gigs.reviews", _("Gigs to look at"), note, "eye")
    if waiting.reports:
        note = ngettext("%(num)s report to look into", "%(num)s reports to look into", waiting.reports)
        yield _duty("admin.reports", _("Reports"), note, "flag")
    if waiting.disputes:
        note = ngettext(
            "%(num)s agreement to settle between two people",
            "%(num)s agreements to settle between two people",
            waiting.disputes,
        )
        yield _duty("agreements.dispute_list", _("Disputes"), note, "shield")


def _duty(endpoint: str, title: str, note: str, icon: str) -> Task:
    return Task(url_for(endpoint), title, note, icon=icon)


def _waiting(me: Actor) -> Any:
    moderates = allows(MODERATE, me)
    # A category's leaders are asked about their own field of work alone.
    own: list[ColumnElement[bool]] = [] if moderates else [Gig.category_id.in_(me.reviews)]
    edited = select(Gig.id).where(scoped(Gig), *own)
    return db.session.execute(
        select(
            (_count(JoinRequest, JoinRequest.state == "asked") if allows(MANAGE_MEMBERS, me) else null()).label(
                "requests"
            ),
            _count(Gig, Gig.state == "in_review", *own).label("gigs"),
            _count(GigEdit, GigEdit.state == "waiting", GigEdit.gig_id.in_(edited)).label("edits"),
            (_count(Report, Report.state == "open") if moderates else null()).label("reports"),
            (_count(Agreement, Agreement.state == "disputed") if moderates else null()).label("disputes"),
        )
    ).one()


def _count(model: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(model).where(scoped(model), *conditions).scalar_subquery()
