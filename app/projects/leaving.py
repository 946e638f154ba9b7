"""The projects of somebody who goes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from app.core.database import db
from app.projects.models import Handover, Project
from app.projects.states import EARLY, LIVE
from tenants.context import Actor
from tenants.isolation import scoped


def led_projects(member_id: UUID) -> list[Project]:
    """Return the projects under way that somebody coordinates: others count on them."""
    found = select(Project).where(scoped(Project), Project.coordinator_id == member_id, Project.state.in_(LIVE))
    return list(db.session.scalars(found.order_by(Project.id)))


def leave_projects(member_id: UUID, *, by: Actor, why: str, now: datetime) -> None:
    """End what cannot go on without a member who goes. What is agreed in a project that they coordinated goes on by itself."""
    theirs = or_(Project.client_id == member_id, Project.coordinator_id == member_id)
    found = select(Project).where(scoped(Project), theirs, Project.state.in_((*EARLY, *LIVE))).order_by(Project.id)
    for project in db.session.scalars(found).all():
        if project.client_id == member_id or project.state in EARLY:
            project.dissolve(by=by, why=why, now=now)
        else:
            project.lead_no_more(now=now)
    asked = select(Handover).where(scoped(Handover), Handover.to_id == member_id, Handover.state == "asked")
    for handover in db.session.scalars(asked.order_by(Handover.project_id)).all():
        handover.project.lock()
        handover.project.let_go_of_successor(now=now)
