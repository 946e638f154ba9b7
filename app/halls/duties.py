"""What waits for those who look after a marketplace or a field of work: one task for each sort of thing."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, func, null, select

from app.agreements.models import Agreement
from app.core.database import db
from app.core.wording import plural
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
        people = plural(waiting.requests, "person asks", "people ask")
        yield _duty("admin.requests", "Requests to join", f"{people} to be let in", "people")
    if waiting.gigs or waiting.edits:
        parts = [plural(waiting.gigs, "new gig"), plural(waiting.edits, "change")]
        counted = " and ".join(part for part in parts if not part.startswith("0 "))
        yield _duty("gigs.reviews", "Gigs to look at", f"{counted} to approve or hand back", "eye")
    if waiting.reports:
        reports = plural(waiting.reports, "report")
        yield _duty("admin.reports", "Reports", f"{reports} to look into", "flag")
    if waiting.disputes:
        disputes = plural(waiting.disputes, "agreement")
        yield _duty("agreements.dispute_list", "Disputes", f"{disputes} to settle between two people", "shield")


def _duty(endpoint: str, title: str, note: str, icon: str) -> Task:
    return Task(url_for(endpoint), title, note, icon=icon)


def _waiting(me: Actor) -> Any:
    moderates = allows(MODERATE, me)
    # A category's leaders are asked about their own field of work alone.
    own: list[ColumnElement[bool]] = [] if moderates else [Gig.category_id.in_(me.leads)]
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
