"""On a category's page: the projects that look for people in it, with the roles that are free."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from markupsafe import Markup
from sqlalchemy import and_, bindparam, literal_column, or_, select

from app.categories.models import Category
from app.core.reading import Reading
from app.gigs.category_parts import adds_foot
from app.gigs.models import Gig
from app.projects.models import Project, Role
from app.projects.queries import any_projects
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import kept_of_hall

_MOST = 12
_STATES = ("planning", "offered", "running")
_LOOKING = Reading(
    select(Project.id.label("project_id"), Project.title, Member.name.label("leader"), Gig.id, Gig.title.label("role"))
    .select_from(Role)
    .join(Gig, and_(Gig.tenant_id == Role.tenant_id, Gig.id == Role.gig_id))
    .join(Project, and_(Project.tenant_id == Role.tenant_id, Project.id == Role.project_id))
    .join(Member, and_(Member.tenant_id == Project.tenant_id, Member.id == Project.coordinator_id))
    .where(scoped(Role), Gig.category_id == bindparam("category_id"), Role.dropped_at.is_(None))
    .where(or_(*(Project.state == literal_column(f"'{state}'") for state in _STATES)))
    # The same for whoever looks: what is open to everybody, and has room.
    .where(Gig.state == literal_column("'open'"), Gig.audience == literal_column("'hall'"))
    .where(Gig.accepting, Gig.seats_taken < Gig.seats)
    .order_by(Project.id.desc(), Role.position)
    .limit(literal_column(str(_MOST)))
)


@adds_foot
def foot(category: Category) -> Markup | str:
    """Return the projects that look for people in a category, or nothing; read once for everybody until something changes."""
    rows: Sequence[Any] = kept_of_hall(f"projects of {category.id}", lambda: _read(category))
    if not rows:
        return ""
    projects: dict[Any, dict[str, Any]] = {}
    for row in rows:
        one = projects.setdefault(row.project_id, {"title": row.title, "leader": row.leader, "roles": []})
        one["roles"].append({"id": row.id, "title": row.role})
    return Markup(render_template("projects/category_foot.html", projects=list(projects.values())))


def _read(category: Category) -> Sequence[Any]:
    return _LOOKING.rows(category_id=category.id) if kept_of_hall("projects were made", any_projects) else ()
