"""Somebody acts for a member within a mandate: who does, and what for. Read with the request, asked by the policy table."""

from dataclasses import dataclass
from uuid import UUID

#: What a mandate can let somebody do for another; what each lets through is in `app.policies`.
SCOPES = ("gigs", "applying", "agreeing", "messages")


@dataclass(frozen=True, slots=True)
class Helper:
    """Who really does what the signed-in member does, under which mandate, and what it lets them do."""

    id: UUID
    name: str
    mandate_id: UUID
    scopes: frozenset[str]
