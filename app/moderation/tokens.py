"""Links by which somebody appeals who cannot sign in here any more."""

from uuid import UUID

from app.core import tokens
from app.moderation.models.appeal import WITHIN
from tenants.context import current_tenant_id

_APPEAL = "appeal against a decision"


def appealing(measure_id: UUID) -> str:
    """Return the token of a link to one decision, for whom it is about."""
    return tokens.sign([current_tenant_id(), measure_id.hex], _APPEAL)


def measure_of(token: str) -> UUID | None:
    """Return the decision that a link of this tenant leads to, or None when it is forged, too old or another tenant's."""
    read = tokens.unsign(token, _APPEAL, within=WITHIN)
    if not isinstance(read, list) or len(read) != 2 or read[0] != current_tenant_id():
        return None
    return UUID(read[1])
