"""A marketplace is suspended, closed, or opened again, by whoever runs the installation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select

from app.activity.recording import record
from app.core.database import db
from app.joining.roles import leaders
from app.openings.jobs import tell_leader
from tenants.context import current_tenant_id
from tenants.models import Tenant
from tenants.states import MARKETPLACE
from tenants.versions import touch

log = structlog.get_logger()

_DONE = {"suspend": "suspended", "close": "closed", "reopen": "reopened"}


@dataclass(frozen=True, slots=True)
class Marketplace:
    """The tenant in force, as what a fact is about: its number stands where others have an id."""

    id: UUID


def suspend(*, why: str, now: datetime) -> None:
    """Let the tenant in force answer nobody until it is reopened. Its leaders are told why.

    :raises WrongState: when it is not open.
    """
    _change("suspend", why=why, now=now)


def close(*, why: str, now: datetime) -> None:
    """End the tenant in force. Nothing is deleted, and nobody else gets its address.

    :raises WrongState: when it is closed already.
    """
    _change("close", why=why, now=now)


def reopen(*, why: str, now: datetime) -> None:
    """Let the tenant in force be there again as it was, for those who were signed in too.

    :raises WrongState: when it is open.
    """
    _change("reopen", why=why, now=now)


def _change(verb: str, *, why: str, now: datetime) -> None:
    row = db.session.scalars(select(Tenant).where(Tenant.id == current_tenant_id()).with_for_update()).one()
    before, after = row.status, MARKETPLACE.transition(row.status, verb).to
    row.status, row.status_reason, row.status_changed_at = after, why, now
    fact = record(_DONE[verb], Marketplace(UUID(int=row.id)), by=None, kind="tenant", from_=before, to=after, why=why)
    # Nothing that was made before is shown after: not a page in a process, not one that a browser asks to revalidate.
    touch("gigs", "people", "hall")
    db.session.flush()
    tell_leader.enqueue_each({"member_id": member_id, "activity_id": fact.id} for member_id in leaders())
    log.info("tenant changed", tenant_id=row.id, slug=row.slug, from_state=before, to_state=after, why=why)
