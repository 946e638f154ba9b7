"""What projects add to a gig's own page: “part of a project”, and the way into it for those who are in it."""

from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from app.core.languages import gettext as _
from app.gigs.panels import adds_panel
from app.gigs.standing import NextStep, Standing, refines_standing
from app.policies import MAKE_PROJECT, SEE_PROJECT, allows
from app.profiles.people import people
from app.projects.queries import any_projects, project_of, project_of_gig, role_of_gig
from tenants.context import Actor
from tenants.versions import kept_of_hall


@refines_standing
def with_project(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Offer whoever runs its category to make a project of a request, and its people the way to one that there is."""
    if viewer is None or gig.direction != "request" or gig.coordinator_id is not None:
        return standing
    is_authors, may_make = viewer.id == gig.author_id, allows(MAKE_PROJECT, viewer, gig)
    if not (is_authors or may_make) or gig.state in ("draft", "in_review"):
        return standing
    project = project_of_gig(gig.id) if kept_of_hall("projects were made", any_projects) else None
    is_in_it = project is not None and viewer.id in (project.client_id, project.coordinator_id)
    if project is not None and is_in_it and project.state != "ended" and allows(SEE_PROJECT, viewer, project):
        see = NextStep(_("See the project"), href=url_for("projects.show", project_id=project.id), icon="people")
        return standing.first(see)
    elif may_make and not is_authors and gig.state == "open" and not gig.seats_taken:
        make = NextStep(_("Make a project of it …"), href=url_for("projects.new", gig_id=gig.id), icon="people")
        return Standing(
            standing.title, standing.text, standing.until, (*standing.steps, make), standing.more, standing.is_theirs
        )
    else:
        return standing


@adds_panel
def part_of(gig: Any, viewer: Actor | None) -> Markup | str:
    """Return of which project a role is, and who leads it."""
    if gig.coordinator_id is None:
        return ""
    role = role_of_gig(gig.id)
    if role is None:
        return ""
    project = project_of(role)
    known = people([project.coordinator_id, project.client_id])
    return Markup(
        render_template(
            "projects/part_of.html",
            project=project,
            coordinator=known[project.coordinator_id],
            client=known[project.client_id],
            is_in_it=viewer is not None and project.is_party(viewer.id) and allows(SEE_PROJECT, viewer, project),
        )
    )
