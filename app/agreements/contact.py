"""How the two sides reach each other: as each one's profile says, and only once they have agreed."""

from uuid import UUID

from sqlalchemy import bindparam, select

from app.agreements.models import Agreement
from app.core.database import db
from app.profiles.models import Profile
from tenants.isolation import scoped

_OF_MEMBER = select(Profile.contact, Profile.contact_details).where(
    scoped(Profile), Profile.member_id == bindparam("member_id")
)


def contact_details(agreement: Agreement, member_id: UUID) -> str:
    """Return how one side can be reached by the other, or nothing: before both agreed, when the agreement came to nothing,
    or when that side prefers messages.
    """
    if not agreement.was_agreed or agreement.state == "cancelled":
        return ""
    row = db.session.execute(_OF_MEMBER, {"member_id": member_id}).one_or_none()
    return row.contact_details if row is not None and row.contact != "messages" else ""
