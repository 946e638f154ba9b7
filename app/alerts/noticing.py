"""Whatever is written about gigs is noticed, and each gig that others may find is weighed once it is committed. Features below
know nothing of alerts.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, any_, bindparam, event, inspect, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import ORMExecuteState, Session

from app.activity.models import Activity
from app.alerts.jobs import draw, gather_at, learn, remember_open, weigh_gig
from app.alerts.models import Alert, AlertWeighing
from app.categories.dissolving import when_dissolved
from app.categories.models import Category
from app.core.database import db
from app.gigs.models import Gig
from app.search.noticing import inserted, touched, written_by
from app.search.sources import Telling
from tenants.context import Actor, tenant_id_or_none
from tenants.isolation import scoped
from tenants.models import Tenant

#: What a search can find a gig by, and whether it can be found.
COLUMNS = frozenset(
    {
        "state", "expires_at", "category_id", "direction", "kind", "settlement", "accepting", "seats", "seats_taken", "title",
        "summary", "description", "level", "needs", "due_on", "effort_span", "effort_minutes", "remote", "place", "pay_kind",
        "pay_min", "pay_max", "currency", "latitude", "longitude",
    }
)  # fmt: skip
_TELLING = Telling(columns=COLUMNS)
_PENDING, _WORDS, _SAVED, _MOMENTS = "gigs_to_weigh", "words_to_learn", "alerts_saved", "moments_to_gather"

_KNOWN = (
    select(AlertWeighing.gig_id).where(scoped(AlertWeighing), AlertWeighing.gig_id == Gig.id).correlate(Gig).exists()
)
# A draft that is typed into concerns nobody; what leaves the lists is to be forgotten.
_CONCERNING = select(Gig.id).where(
    scoped(Gig), Gig.id == any_(bindparam("ids", type_=ARRAY(Uuid()))), or_(Gig.state == "open", _KNOWN)
)


def install() -> None:
    """Listen to every session."""
    if not event.contains(Session, "after_flush", _notice_rows):
        event.listen(Session, "after_flush", _notice_rows)
        event.listen(Session, "do_orm_execute", _notice_statement)
        # Before the caches' counters, whose rows are to be held as shortly as can be.
        event.listen(Session, "before_commit", _enqueue, insert=True)
        event.listen(Session, "after_rollback", _forget)


def _notice_rows(session: Session, _context: object) -> None:
    for thing in session.new:
        if isinstance(thing, Gig):
            _pending(session).add(thing.id)
        elif isinstance(thing, Activity) and thing.subject_kind == "skill":
            # Whole lists of names that are brought in are learnt in the night.
            session.info[_WORDS] = True
        elif isinstance(thing, Alert):
            session.info.setdefault(_SAVED, set()).add(thing.around)
            _moments(session).add(thing.next_at)
    for thing in session.dirty:
        written = inspect(thing).committed_state if isinstance(thing, Gig | Tenant | Alert) else {}
        if isinstance(thing, Gig) and not COLUMNS.isdisjoint(written):
            _pending(session).add(thing.id)
        elif isinstance(thing, Alert) and "next_at" in written:
            _moments(session).add(thing.next_at)
        elif isinstance(thing, Tenant) and "locale" in written:
            # In another language all words have other stems.
            session.info[_WORDS] = True


def _notice_statement(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update) or tenant_id_or_none() is None:
        return
    statement: Any = state.statement
    if statement.table is not Gig.__table__:
        return
    if state.is_insert:
        _pending(state.session).update(inserted(state, "id"))
    elif not COLUMNS.isdisjoint(written_by(state)):
        _pending(state.session).update(touched(state, _TELLING))


@when_dissolved
def _look_elsewhere(category: Category, into: Category, by: Actor) -> None:
    """Let alerts that look in a category that is no more look where its gigs went."""
    named = scoped(Alert), Alert.asked["category"].astext == category.slug
    for alert in db.session.scalars(select(Alert).where(*named).order_by(Alert.id)):
        alert.look_in(into.slug)


def _enqueue(session: Session) -> None:
    # A savepoint's end is no commit.
    if session.in_nested_transaction():
        return
    session.flush()
    pending: set[UUID] = session.info.pop(_PENDING, set())
    has_learnt, circles = session.info.pop(_WORDS, False), session.info.pop(_SAVED, set())
    moments: set[datetime | None] = session.info.pop(_MOMENTS, set())
    if tenant_id_or_none() is None:
        return
    for moment in moments - {None}:
        gather_at(moment)
    if pending:
        concerning = db.session.scalars(_CONCERNING, {"ids": sorted(pending)}).all()
        weigh_gig.enqueue_each({"gig_id": gig_id} for gig_id in sorted(concerning))
    if has_learnt:
        learn.enqueue(once="all", after=None)
    if circles:
        remember_open.enqueue(once="all")
        draw.enqueue_each({"circle": circle} for circle in circles - {None})


def _pending(session: Session) -> set[UUID]:
    pending: set[UUID] = session.info.setdefault(_PENDING, set())
    return pending


def _moments(session: Session) -> set[datetime | None]:
    moments: set[datetime | None] = session.info.setdefault(_MOMENTS, set())
    return moments


def _forget(session: Session) -> None:
    for name in (_PENDING, _WORDS, _SAVED, _MOMENTS):
        session.info.pop(name, None)
