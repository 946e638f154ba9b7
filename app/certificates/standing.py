"""Whether a certificate stands: asked each time it is looked at."""

from datetime import date, datetime
from typing import Literal, NamedTuple

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


def standing_of(certificate: Certificate, *, now: datetime) -> Standing:
    """Return whether a certificate stands, and if not, why."""
    if certificate.ended_at is not None:
        how: How = "withdrawn" if certificate.ended == "withdrawn" else "annulled"
        return Standing(how, day_of(certificate.ended_at, tenant.time_zone))
    elif not _is_proven(certificate):
        return Standing("unproven")
    elif certificate.expertise_id is not None and not _still_holds(certificate, now):
        return Standing("over")
    return Standing("stands")


def _is_proven(certificate: Certificate) -> bool:
    key = db.session.scalars(select(AttestationKey).where(AttestationKey.id == certificate.key_id)).one_or_none()
    return (
        key is not None
        and key.tenant_id == certificate.tenant_id
        and key.given_up_at is None
        and is_signed(key.public_key, to_sign(certificate.payload), certificate.signature)
    )


def _still_holds(certificate: Certificate, now: datetime) -> bool:
    today = day_of(now, tenant.time_zone)
    holds = select(Expertise.id).where(
        scoped(Expertise), Expertise.id == certificate.expertise_id, Expertise.valid_until >= today, HOLDS
    )
    return db.session.scalars(holds).one_or_none() is not None
