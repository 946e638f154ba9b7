"""What projects put on a member's bench: an answer to give, a plan to make, a part or the lead to say yes or no to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import and_, bindparam, literal_column, null, or_, select, union_all

from app.applications.models import Application
from app.core.languages import gettext as _
from app.core.reading import Reading
from app.halls.task import Task, due_by
from app.projects.models import Handover, Project, Role
from app.projects.queries import any_projects
from tenants.context import Actor
from tenants.isolation import scoped
from tenants.versions import kept_of_hall

_ME: Any = bindparam("member_id")


def _is(column: Any, *values: str) -> Any:
    return or_(*(column == literal_column(f"'{value}'") for value in values))


_MINE = select(Project.state.label("what"), Project.id, Project.title, Project.deadline_at).where(
    scoped(Project),
    or_(
        and_(Project.client_id == _ME, _is(Project.state, "suggested", "offered")),
        and_(Project.coordinator_id == _ME, _is(Project.state, "planning")),
    ),
)
_UNLED = select(literal_column("'unled'"), Project.id, Project.title, null()).where(
    scoped(Project),
    Project.client_id == _ME,
    Project.unled_at.is_not(None),
    _is(Project.state, "planning", "offered", "running", "paused"),
)
_PARTS = (
    select(literal_column("'part'"), Role.id, Project.title, null())
    .join(Project, and_(Project.tenant_id == Role.tenant_id, Project.id == Role.project_id))
    .join(Application, and_(Application.tenant_id == Role.tenant_id, Application.id == Role.application_id))
    .where(scoped(Role), Role.worker_id == _ME, Role.agreed_at.is_(None), Role.dropped_at.is_(None))
    .where(_is(Application.state, "sent", "shortlisted"), _is(Project.state, "planning", "offered", "running"))
)
_LEADS = (
    select(literal_column("'lead'"), Project.id, Project.title, Handover.deadline_at)
    .join(Project, and_(Project.tenant_id == Handover.tenant_id, Project.id == Handover.project_id))
    .where(scoped(Handover), Handover.to_id == _ME, _is(Handover.state, "asked"))
)
_WAITING = Reading(union_all(_MINE, _UNLED, _PARTS, _LEADS).limit(literal_column("50")))


def project_tasks(member: Actor, today: date) -> Iterator[Task]:
    """Yield what waits for a member in projects; asked only where there are any."""
    if not kept_of_hall("projects were made", any_projects):
        return
    words = {
        "suggested": _("A project could be made of your gig: say yes or no"),
        "offered": _("There is an offer for the project: take it, or say what should differ"),
        "planning": _("Find its people, and make one offer"),
        "unled": _("Nobody leads this project: ask somebody to"),
        "part": _("You are asked to take a part in this project"),
        "lead": _("You are asked to lead this project"),
    }
    for row in _WAITING.rows(member_id=member.id):
        is_part = row.what == "part"
        href = url_for("projects.part", role_id=row.id) if is_part else url_for("projects.show", project_id=row.id)
        yield due_by(href, row.title, words[row.what], row.deadline_at, today)
