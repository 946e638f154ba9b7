"""What projects say in other rooms: who coordinates a gig, for which fee, and that roles are taken by an offer alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.agreements.gates import before_proposing
from app.commissions.coordinating import names_coordinator, says_whose_fee
from app.commissions.split import Fee
from app.core.database import db
from app.projects.failures import PartOfProject
from app.projects.models import Project
from app.projects.queries import role_of_gig


@before_proposing
def only_by_offer(application: Any, by: Any) -> None:
    """Keep a role from being given away beside the project: what the client did not take in an offer, nobody agreed to.

    :raises PartOfProject: for whoever is not the one that the client took.
    """
    role = role_of_gig(application.gig_id)
    if role is not None and not (role.was_taken and role.application_id == application.id):
        raise PartOfProject


@names_coordinator
def fee_of_coordinator(gig: Any) -> tuple[UUID, Fee] | None:
    """Return who coordinates a role's gig, and the fee that the client agreed to."""
    role = role_of_gig(gig.id) if gig.coordinator_id is not None else None
    if role is None:
        return None
    project = db.session.get_one(Project, (role.tenant_id, role.project_id))
    return project.coordinator_id, Fee(points=project.fee_points)


@says_whose_fee
def led_then(gig: Any, accepted_at: datetime | None) -> UUID | None:
    """Return who led a role's project when a part of its work was accepted, or leads it now."""
    role = role_of_gig(gig.id)
    if role is None:
        return None
    project = db.session.get_one(Project, (role.tenant_id, role.project_id))
    return project.leader_at(accepted_at) if accepted_at is not None else project.coordinator_id
