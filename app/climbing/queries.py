"""What a gig's author reads of its climb, in one statement; and whom they asked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, select, text

from app.applications.models import Application
from app.core.database import db
from app.core.reading import Reading
from app.gigs.models import Gig
from app.recruiting.models import Call, Climb
from app.recruiting.needing import WAITING
from app.recruiting.settings import NAMES, ClimbSettings, Patience
from tenants.isolation import scoped
from tenants.models import one_of

_WAITS = exists().where(
    Application.tenant_id == Gig.tenant_id,
    Application.gig_id == Gig.id,
    text(f"applications.{one_of('state', WAITING)}"),
)
_CLIMB = Reading(
    select(
        Climb.state,
        Climb.next_at,
        Climb.stopped_at,
        Climb.taken,
        _WAITS.correlate(Gig).label("somebody_waits"),
        *(getattr(ClimbSettings, name) for name in NAMES),
    )
    .select_from(Gig)
    .outerjoin(Climb, and_(Climb.tenant_id == Gig.tenant_id, Climb.gig_id == Gig.id))
    .outerjoin(ClimbSettings, ClimbSettings.tenant_id == Gig.tenant_id)
    .where(scoped(Gig), Gig.id == bindparam("gig_id", type_=Uuid()))
)


def climb_of(gig_id: UUID) -> tuple[Any, Patience]:
    """Return a gig's climb (`state`, None before it began; `next_at`, `stopped_at`, `taken`, `somebody_waits`), and how
    patient the marketplace is.
    """
    row = _CLIMB.one_or_none(gig_id=gig_id)
    settled = Patience() if row.climbs is None else Patience(**{name: getattr(row, name) for name in NAMES})
    return row, settled


def asked_by_author(gig_id: UUID) -> Sequence[Any]:
    """Return whom the author asked, the last first: `member_id` and `called_at`."""
    asked = (
        select(Call.member_id, Call.called_at)
        .where(scoped(Call), Call.gig_id == gig_id, Call.step == "asked")
        .order_by(Call.called_at.desc(), Call.member_id)
        .limit(50)
    )
    return db.session.execute(asked).all()


def called_ids(gig_id: UUID) -> set[UUID]:
    """Return everybody who was told of a gig, by its author or by a step."""
    return set(db.session.scalars(select(Call.member_id).where(scoped(Call), Call.gig_id == gig_id)))


def waiting_ids(gig_id: UUID) -> list[UUID]:
    """Return who raised a hand and has no answer yet."""
    waiting = select(Application.applicant_id).where(
        scoped(Application), Application.gig_id == gig_id, Application.state.in_(WAITING)
    )
    return list(db.session.scalars(waiting.order_by(Application.id).limit(50)))
