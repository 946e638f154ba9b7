"""A member's projects as rows."""

from typing import Any

from flask import url_for

from app.core.languages import gettext as _
from app.profiles.people import people
from app.projects.models import Project
from app.projects.models.client import LEADERS
from app.projects.queries import handovers_to_or_from, projects_of
from app.projects.states import PROJECT
from tenants.context import Actor, tenant

_OVER = ("finished", "ended")


def rows_of(member: Actor) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return somebody's projects: those that are planned or under way, and those that are over."""
    found = projects_of(member.id, and_the_halls=member.has_role(*LEADERS))
    known = people({one.coordinator_id for one in found} | {one.client_id for one in found})
    changing_hands = handovers_to_or_from(member.id)
    rows = [_row(one, member, known, changing_hands.get(one.id, "")) for one in found]
    return [row for row in rows if not row["is_over"]], [row for row in rows if row["is_over"]]


def _row(project: Project, member: Actor, known: dict[Any, Any], handover: str) -> dict[str, Any]:
    decides = project.acts_as_client(member)
    if member.id == project.coordinator_id:
        role = _("led by you")
    elif decides:
        role = _("for %(hall)s", hall=tenant.name) if project.for_hall else _("for you")
    elif handover == "asked":
        role = _("you are asked to lead it")
    elif handover == "accepted":
        role = _("you have led it")
    else:
        role = _("you have a part")
    return {
        "href": url_for("projects.show", project_id=project.id),
        "title": project.title,
        "state": project.state,
        "label": PROJECT.labels[project.state],
        "person": known[project.client_id if member.id == project.coordinator_id else project.coordinator_id],
        "role": role,
        "is_mine": (project.state in ("suggested", "offered") and decides),
        "is_over": project.state in _OVER,
    }
