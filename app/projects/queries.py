"""Reading projects."""

from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from app.agreements.models import Agreement
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.projects.models import Handover, Offer, Project, Role
from tenants.isolation import scoped

_MOST = 100
_OVER = ("finished", "ended")


def project_or_404(project_id: UUID) -> Project:
    """Return a project.

    :raises NotFound: when this tenant has none of that id.
    """
    found = db.session.scalars(select(Project).where(scoped(Project), Project.id == project_id)).one_or_none()
    if found is None:
        raise NotFound(_("This project is not here."))
    return found


def role_or_404(role_id: UUID) -> Role:
    """Return a role of a project.

    :raises NotFound: when this tenant has none of that id.
    """
    found = db.session.scalars(select(Role).where(scoped(Role), Role.id == role_id)).one_or_none()
    if found is None:
        raise NotFound(_("This role is not here."))
    return found


def project_of(role: Role) -> Project:
    """Return the project that a role belongs to."""
    return db.session.get_one(Project, (role.tenant_id, role.project_id))


def role_of_gig(gig_id: UUID) -> Role | None:
    """Return the role that a gig is, or None where it is one by itself."""
    return db.session.scalars(select(Role).where(scoped(Role), Role.gig_id == gig_id)).one_or_none()


def any_projects() -> bool:
    """Return whether there is any project in the tenant; with the first one the version of its gigs changes."""
    return db.session.execute(select(Project.id).where(scoped(Project)).limit(1)).first() is not None


def project_of_gig(gig_id: UUID) -> Project | None:
    """Return the newest project that was made, or is being made, of a request."""
    found = select(Project).where(scoped(Project), Project.gig_id == gig_id).order_by(Project.id.desc()).limit(1)
    return db.session.scalars(found).one_or_none()


def projects_of(member_id: UUID, *, and_the_halls: bool = False) -> list[Project]:
    """Return the projects that a member has anything to do with, those under way first, then the newest; with `and_the_halls`
    the marketplace's own as well.
    """
    plays = exists().where(
        Role.tenant_id == Project.tenant_id, Role.project_id == Project.id, Role.worker_id == member_id
    )
    played = exists().where(
        Role.tenant_id == Project.tenant_id,
        Role.project_id == Project.id,
        Agreement.tenant_id == Role.tenant_id,
        Agreement.gig_id == Role.gig_id,
        Agreement.worker_id == member_id,
    )
    led_or_asked = exists().where(
        Handover.tenant_id == Project.tenant_id,
        Handover.project_id == Project.id,
        or_(
            and_(Handover.state == "accepted", Handover.from_id == member_id),
            and_(Handover.state == "asked", Handover.to_id == member_id),
        ),
    )
    mine = or_(Project.client_id == member_id, Project.coordinator_id == member_id, plays, played, led_or_asked)
    mine = or_(mine, Project.for_hall) if and_the_halls else mine
    found = select(Project).where(scoped(Project), mine).order_by(Project.state.in_(_OVER), Project.id.desc())
    return list(db.session.scalars(found.limit(_MOST)))


def handovers_to_or_from(member_id: UUID) -> dict[UUID, str]:
    """Return of which projects a member led (`accepted`), and which they are `asked` to lead now."""
    led = and_(Handover.state == "accepted", Handover.from_id == member_id)
    asked = and_(Handover.state == "asked", Handover.to_id == member_id)
    found = select(Handover.project_id, Handover.state).where(scoped(Handover), or_(led, asked))
    # Whoever led it and is asked again is asked.
    return {row.project_id: row.state for row in db.session.execute(found.order_by(Handover.state))}


def offers_of(project_id: UUID) -> list[Offer]:
    """Return every offer that a project's client got, the newest first."""
    found = select(Offer).where(scoped(Offer), Offer.project_id == project_id).order_by(Offer.round.desc())
    return list(db.session.scalars(found))
