"""What the clock does to gigs: it reminds, lets them expire and ends what waited too long. Batch by batch, tenant by tenant."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, or_, select

from app.activity.models import Activity
from app.activity.recording import record
from app.activity.reminding import claim_reminders, due_to_end
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from app.core.languages import lazy_gettext as _l
from app.gigs.locating import locate_everywhere
from app.gigs.models import Gig, GigEdit, Suggestion
from app.gigs.models.approval import zone
from app.gigs.states import EDIT, GIG, SUGGESTION
from tenants.context import current_tenant_id
from tenants.isolation import scoped
from tenants.models import Tenant

__all__ = ["locate_everywhere", "strike", "tick"]

REMIND_BEFORE = timedelta(days=3)

_BATCH = 200
_WHY = {
    "return": _l("Nobody found the time to look at it. Send it again, or ask the category's leaders."),
    "close": _l("It had expired and was not renewed."),
    "return_edit": _l("Nobody found the time to look at it. Propose it again, or ask the category's leaders."),
}


@periodic("7 * * * *", "gigs.clockwork")
def strike() -> None:
    """Let the clock look at every tenant's gigs four times a day, first just after the day has ended there."""
    now = clock.now()
    tenants = db.session.execute(select(Tenant.id, Tenant.time_zone).where(Tenant.status == "active"))
    tick.enqueue_for(*(row.id for row in tenants if now.astimezone(ZoneInfo(row.time_zone)).hour % 6 == 0))


@job("gigs.tick")
def tick() -> None:
    """Do to the tenant's gigs whatever is due."""
    now = clock.now()
    expire_due(now=now)
    remind_before_expiry(now=now)
    for state, waiting in GIG.waiting.items():
        if waiting.ends_after is not None:
            _end(state, waiting.ends_with, before=now - waiting.ends_after)
        if waiting.remind_after is not None:
            _remind(Gig.state == state, "remind", Gig.state_changed_at, before=now - waiting.remind_after)
    look_after_edits(now=now)
    look_after_suggestions(now=now)


def expire_due(*, now: datetime) -> None:
    """Expire what has run its span, and what was due before today where the marketplace is."""
    today = now.astimezone(ZoneInfo(zone())).date()
    for gig in _gigs(_in("expire"), or_(Gig.expires_at <= now, Gig.due_on < today)):
        gig.move_locked("expire", by=None)


def remind_before_expiry(*, now: datetime) -> None:
    """Say once, three days before, that a gig is about to expire."""
    soon = Gig.expires_at.between(now, now + REMIND_BEFORE)
    for gig in _gigs(_in("expire"), soon, Gig.expiry_reminded_at.is_(None)):
        gig.expiry_reminded_at = now
        gig.note("expiry_near", by=None, expires_at=gig.expires_at.isoformat())


def look_after_edits(*, now: datetime) -> None:
    """Remind of edits that wait for review, and hand back those that nobody looked at."""
    waiting = EDIT.waiting["waiting"]
    edited = select(GigEdit.gig_id).where(scoped(GigEdit), GigEdit.state == "waiting")
    for gig in _gigs(Gig.id.in_(edited.where(GigEdit.created_at <= now - waiting.ends_after))):
        gig.hand_back_edit(by=None, why=_WHY["return_edit"])
    since = (
        select(GigEdit.created_at)
        .where(GigEdit.tenant_id == Gig.tenant_id, GigEdit.gig_id == Gig.id, GigEdit.state == "waiting")
        .scalar_subquery()
    )
    _remind(Gig.id.in_(edited), "remind_edit", since, before=now - waiting.remind_after)


def look_after_suggestions(*, now: datetime) -> None:
    """Remind authors of what is suggested for their gigs, and let go what they did not answer."""
    for row in claim_reminders(Suggestion, now=now):
        suggestion = db.session.get_one(Suggestion, (row.tenant_id, row.id))
        record("reminded", suggestion, by=None, **suggestion.facts(None))
    for suggestion_id in due_to_end(Suggestion, now=now):
        suggestion = db.session.get_one(Suggestion, (current_tenant_id(), suggestion_id))
        # In the order in which everything is locked: whoever answers at this moment is first, or finds it gone.
        suggestion.gig.lock()
        suggestion.lock()
        if SUGGESTION.allows(suggestion.state, "lapse"):
            suggestion.leave("lapse", by=None, now=now)


def _end(state: str, verb: str, *, before: datetime) -> None:
    for gig in _gigs(Gig.state == state, Gig.state_changed_at <= before):
        gig.move_locked(verb, by=None, why=_WHY.get(verb, ""))


def _remind(condition: Any, verb: str, since: Any, *, before: datetime) -> None:
    """Write down once, for each waiting, that whoever it waits for is to be reminded."""
    told = exists().where(
        Activity.tenant_id == Gig.tenant_id,
        Activity.subject_kind == "gig",
        Activity.subject_id == Gig.id,
        Activity.verb == verb,
        Activity.created_at >= since,
    )
    for gig in _gigs(condition, since <= before, ~told):
        gig.note(verb, by=None, from_=gig.state, to=gig.state)


def _in(verb: str) -> Any:
    return Gig.state.in_({state for row in GIG.transitions if row.verb == verb for state in row.from_})


def _gigs(*conditions: Any) -> Iterator[Gig]:
    """Give the gigs to which the conditions apply, each under its lock, read in batches; what is done to one must end that."""
    while True:
        # Whoever holds a row now will be met at the next stroke.
        batch = db.session.scalars(
            select(Gig)
            .where(scoped(Gig), *conditions)
            .order_by(Gig.id)
            .limit(_BATCH)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        ).all()
        yield from batch
        db.session.flush()
        if len(batch) < _BATCH:
            return
