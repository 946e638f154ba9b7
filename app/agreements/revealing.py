"""Who has agreed on a gig: they see what its author keeps for that."""

from uuid import UUID

from sqlalchemy import bindparam, or_, select

from app.agreements.models import Agreement
from app.core.database import db
from app.fields.revealing import reveals
from app.fields.wording import Row
from app.gigs.particulars import revealed_of
from tenants.isolation import scoped

_MEMBER = bindparam("member_id")
_AGREED = (
    select(Agreement.id)
    .where(scoped(Agreement), Agreement.gig_id == bindparam("gig_id"), Agreement.agreed_at.is_not(None))
    .where(Agreement.state != "cancelled", or_(Agreement.client_id == _MEMBER, Agreement.worker_id == _MEMBER))
    .limit(1)
)


@reveals
def has_agreed(gig_id: UUID, member_id: UUID) -> bool:
    """Return whether a member is a side of an agreement on a gig that both have agreed and that came to something."""
    return db.session.scalar(_AGREED, {"gig_id": gig_id, "member_id": member_id}) is not None


def revealed(agreement: Agreement, member_id: UUID) -> list[Row]:
    """Return what the gig keeps for the two sides of an agreement, to one of them; nothing before both agreed, or when it came
    to nothing.
    """
    if not agreement.is_party(member_id) or not agreement.was_agreed or agreement.state == "cancelled":
        return []
    return revealed_of(agreement.gig)
