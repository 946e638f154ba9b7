"""What the clock does to projects: it reminds whoever is waited for, and ends what has waited too long."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, select

from app.activity.recording import record
from app.activity.reminding import claim_reminders, due_to_end
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.projects.leaders import is_suspended, leads
from app.projects.models import Handover, Project
from app.projects.queries import project_or_404
from app.projects.states import ENDINGS, LED
from tenants.clockwork import tenants_where_it_is
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member, Role

#: Waits end at the end of a day and reminders come in the morning; the other hours catch up after a standstill.
HOURS = (0, 3, 9, 15)


@periodic("19 * * * *", "projects.clockwork")
def strike() -> None:
    """Reach every tenant at its own hours."""
    tick.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("projects.tick")
def tick() -> None:
    """Do to the tenant's projects whatever is due."""
    now = clock.now()
    remind(now=now)
    remind_successors(now=now)
    look_after_leaders(now=now)
    for project_id in due_to_end(Project, Project.state.in_(ENDINGS), now=now):
        end.enqueue(once=str(project_id), project_id=project_id)
    for handover_id in due_to_end(Handover, Handover.state == "asked", now=now):
        end_handover.enqueue(once=str(handover_id), handover_id=handover_id)


@job("projects.end")
def end(*, project_id: str) -> None:
    """Do what the table says to a project that has waited too long, unless somebody was faster."""
    project_or_404(UUID(project_id)).end_waiting(now=clock.now())


@job("projects.end_handover")
def end_handover(*, handover_id: str) -> None:
    """Ask no longer whoever has not said whether they lead a project on."""
    handover = db.session.get_one(Handover, (current_tenant_id(), UUID(handover_id)))
    handover.project.let_lapse(handover, now=clock.now())


def remind(*, now: datetime) -> int:
    """Write down who is reminded, and return of how many projects."""
    # Of reviews, reviews remind themselves.
    claimed = claim_reminders(Project, Project.reviews_until.is_(None), now=now)
    for row in claimed:
        record(
            "reminded",
            row,
            by=None,
            kind="project",
            title=row.title,
            client_id=row.client_id,
            owner_ids=[str(row.coordinator_id if row.state == "planning" else row.client_id)],
            until=row.deadline_at.isoformat() if row.deadline_at else None,
        )
    return len(claimed)


def remind_successors(*, now: datetime) -> int:
    """Write down who is reminded that they were asked to lead, and return how many."""
    claimed = claim_reminders(Handover, now=now)
    for row in claimed:
        project = db.session.get_one(Project, (row.tenant_id, row.project_id))
        until = row.deadline_at.isoformat() if row.deadline_at else None
        record("reminded", row, by=None, kind="handover", title=project.title, project_id=row.project_id,
               successor_id=row.to_id, until=until)  # fmt: skip
    return len(claimed)


def look_after_leaders(*, now: datetime) -> None:
    """Tell the clients of projects whose coordinator has been suspended, or whose term is over, until they are back."""
    role = exists().where(Role.tenant_id == Project.tenant_id, Role.member_id == Project.coordinator_id)
    found = (
        select(
            Project.id,
            Project.coordinator_id,
            Project.unled_at,
            Member.standing,
            Member.restraints,
            role.where(leads(Project.category_id)),
        )
        .join(Member, and_(Member.tenant_id == Project.tenant_id, Member.id == Project.coordinator_id))
        .where(scoped(Project), Project.state.in_(LED))
        .order_by(Project.id)
    )
    for project_id, leader_id, unled_at, standing, restraints, is_in_office in db.session.execute(found).all():
        is_led = is_in_office and standing == "active" and not is_suspended(restraints)
        if is_led == (unled_at is not None):
            project = project_or_404(project_id)
            project.lock()
            if project.coordinator_id != leader_id or project.state not in LED:
                # Somebody else took it on, or it ended, while we waited.
                continue
            if is_led:
                project.let_leader_back(now=now)
            else:
                project.lose_leader(now=now)
