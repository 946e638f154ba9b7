"""What reviews add to a project's page: the step to write one, and what everybody said."""

from typing import Any
from uuid import UUID

from flask import render_template
from markupsafe import Markup

from app.agreements.scene import last_day
from app.core import clock
from app.core.languages import gettext as _
from app.core.languages import ngettext
from app.profiles.people import people
from app.projects.models import Project
from app.reviews.of_projects import ProjectReview, reviews_of_project
from tenants.context import member_or_none, tenant


def project_review_step(project: Project) -> Markup:
    """Return the button to say how a project went, where whoever looks still may."""
    viewer = member_or_none()
    if viewer is None or not _is_open(project) or not _may_write(project, viewer.id, reviews_of_project(project.id)):
        return Markup("")
    return Markup(render_template("reviews/project_step.html", project=project))


def project_reviews_panel(project: Project) -> Markup:
    """Return the part of a project's page with its reviews: blind until all are in, then all of them."""
    viewer, is_open = member_or_none(), _is_open(project)
    written = reviews_of_project(project.id) if project.state in ("finished", "ended") else []
    if viewer is None or not (written or is_open):
        return Markup("")
    until = last_day(project.reviews_until, clock.today(tenant.time_zone)) if project.reviews_until else ""
    shown = [one for one in written if one.is_published or one.author_id == viewer.id]
    led = {one.coordinator_id for one in shown if one.coordinator_id}
    known = people({one.author_id for one in shown} | led)
    return Markup(
        render_template(
            "reviews/project_panel.html",
            project=project,
            rows=[_row(one, known) for one in shown if one.hidden_at is None],
            hidden=_others(len(written) - len(shown), until),
            may_write=is_open and _may_write(project, viewer.id, written),
            until=until,
        )
    )


def _is_open(project: Project) -> bool:
    return project.reviews_until is not None and project.reviews_until > clock.now()


def _may_write(project: Project, member_id: UUID, written: Any) -> bool:
    return member_id not in {one.author_id for one in written} and member_id in project.crew()


def _others(how_many: int, until: str) -> str:
    if not how_many:
        return ""
    return ngettext(
        "%(num)s person has written. All of it is published when everybody has, or after %(until)s.",
        "%(num)s people have written. All of it is published when everybody has, or after %(until)s.",
        how_many,
        until=until,
    )


def _row(review: ProjectReview, known: dict[UUID, Any]) -> dict[str, Any]:
    led = known.get(review.coordinator_id) if review.coordinator_id else None
    words = ""
    if led is not None and review.leading_rating:
        words = _("On how %(name)s led it: %(rating)s out of 5.", name=led.first_name, rating=review.leading_rating)
    return {
        "author": known[review.author_id],
        "rating": review.rating,
        "text": review.text,
        "at": review.written_at,
        "reply": f"{words} {review.leading_text}".strip(),
    }
