"""Whether a certificate stands: asked each time it is looked at."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import select

from app.attestations.keys import AttestationKey, is_signed
from app.certificates.claim import to_sign
from app.certificates.issuing import HOLDS
from app.certificates.models import Certificate
from app.core.database import db
from app.core.timers import day_of
from app.experts.models import Expertise
from tenants.context import tenant
from tenants.isolation import scoped

#: It stands; its holder or a leader took it back; what it was about is over; nobody can say any more that we signed it.
How = Literal["stands", "withdrawn", "annulled", "over", "unproven"]


class Standing(NamedTuple):
    """How it is with a certificate, and since which day where it stands no longer."""

    how: How
    since: date | None = None

    @property
    def stands(self) -> bool:
        return self.how == "stands"

    @property
    def is_ended(self) -> bool:
        """Whether somebody ended it; what stands no longer for another reason its holder can still take back."""
        return self.how in ("withdrawn", "annulled")


def standing_of(certificate: Certificate, *, now: datetime) -> Standing:
    """Return whether a certificate stands, and if not, why."""
    return standings_of([certificate], now=now)[certificate.id]


def standings_of(certificates: Sequence[Certificate], *, now: datetime) -> dict[UUID, Standing]:
    """Return the same for many, by their ids: what they rest on is read once."""
    left = [one for one in certificates if one.ended_at is None]
    keys = _keys_of(left) if left else {}
    held = _held(left, now) if any(one.expertise_id for one in left) else {}
    return {one.id: _standing(one, keys, held) for one in certificates}


def _standing(certificate: Certificate, keys: dict[UUID, AttestationKey], held: dict[UUID, Any]) -> Standing:
    if certificate.ended_at is not None:
        how: How = "withdrawn" if certificate.ended == "withdrawn" else "annulled"
        return Standing(how, day_of(certificate.ended_at, tenant.time_zone))
    elif not _is_proven(certificate, keys.get(certificate.key_id)):
        return Standing("unproven")
    elif certificate.expertise_id is not None and not _still_holds(certificate, held.get(certificate.expertise_id)):
        return Standing("over")
    return Standing("stands")


def _keys_of(certificates: Sequence[Certificate]) -> dict[UUID, AttestationKey]:
    named = select(AttestationKey).where(AttestationKey.id.in_({one.key_id for one in certificates}))
    return {key.id: key for key in db.session.scalars(named)}


def _held(certificates: Sequence[Certificate], now: datetime) -> dict[UUID, Any]:
    holds = select(Expertise.id, Expertise.level, Expertise.valid_until).where(
        scoped(Expertise),
        Expertise.id.in_({one.expertise_id for one in certificates}),
        Expertise.valid_until >= day_of(now, tenant.time_zone),
        HOLDS,
    )
    return {row.id: row for row in db.session.execute(holds)}


def _is_proven(certificate: Certificate, key: AttestationKey | None) -> bool:
    return (
        key is not None
        and key.tenant_id == certificate.tenant_id
        and key.given_up_at is None
        and is_signed(key.public_key, to_sign(certificate.payload), certificate.signature)
    )


def _still_holds(certificate: Certificate, vetted: Any) -> bool:
    """Return whether somebody is vetted still, at the level and for as long as was signed, where it tells of these."""
    told = certificate.claim.details
    return (
        vetted is not None
        and told.get("level", vetted.level) == vetted.level
        and date.fromisoformat(told.get("until", vetted.valid_until.isoformat())) <= vetted.valid_until
    )
