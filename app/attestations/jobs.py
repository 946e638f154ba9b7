"""Taking down what was withdrawn: in the marketplaces of its owner; nobody else can show it."""

from uuid import UUID

from sqlalchemy import delete

from app.accounts.tribes import memberships_of
from app.attestations.carried import CarriedReview
from app.core.database import db
from app.core.jobs import job, platform_job
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member
from tenants.versions import touch


@job("attestations.gather_in")
def gather_in(*, attestation_id: str, member_id: str) -> None:
    """Find the person whose statement it was, and let the platform's work go round."""
    member = db.session.get(Member, (current_tenant_id(), UUID(member_id)))
    if member is not None and member.user_id is not None:
        go_round.enqueue(attestation_id=attestation_id, user_id=member.user_id)


@platform_job("attestations.go_round")
def go_round(*, attestation_id: str, user_id: str) -> None:
    """Ask each of a person's marketplaces to take a statement down."""
    halls = [row.tenant_id for row in memberships_of(UUID(user_id))]
    take_down.enqueue_for(*halls, attestation_id=attestation_id)


@job("attestations.take_down")
def take_down(*, attestation_id: str) -> None:
    """Take down a statement, if it is shown in this marketplace."""
    gone = delete(CarriedReview).where(scoped(CarriedReview), CarriedReview.id == UUID(attestation_id))
    if db.session.execute(gone.returning(CarriedReview.id)).first() is not None:
        touch("people")
