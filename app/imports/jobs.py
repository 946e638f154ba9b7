"""Rows go in by the batch, each batch a transaction: whoever is killed in between loses nothing, and the next goes on."""

from datetime import timedelta
from uuid import UUID

from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.imports.gig_batch import bring_in_gigs
from app.imports.member_batch import bring_in_members
from app.imports.models import Import, import_with, locked, resting
from billing.entitlements import when_room
from tenants.context import Actor

BATCH = 250

_BRING_IN = {"gigs": bring_in_gigs, "members": bring_in_members}
# Somebody else is at it; should they be killed, this one goes on.
_LATER = timedelta(seconds=30)


def start(one: Import, *, by: Actor | UUID) -> None:
    """Begin, and let the worker go on with it."""
    one.begin(by=by.id if isinstance(by, Actor) else by)
    bring_in.enqueue(import_id=one.id)


@job("imports.bring_in")
def bring_in(*, import_id: str) -> None:
    """Bring in one batch of rows; where more wait, ask for the next."""
    one = locked(UUID(import_id))
    if one is None:
        known = import_with(UUID(import_id))
        if known is not None and known.is_running:
            bring_in.enqueue_at(clock.now() + _LATER, once=import_id, import_id=import_id)
    elif not next_batch(one):
        bring_in.enqueue(import_id=import_id)


def next_batch(one: Import) -> bool:
    """Bring in the next rows of an import that is locked; return whether there is nothing more to do now."""
    now = clock.now()
    rows = one.rows("waiting", limit=BATCH)
    _BRING_IN[one.kind](one, rows, now=now)
    db.session.flush()
    if len(rows) < BATCH and one.is_running:
        one.finish(now=now)
    return not one.is_running


@when_room
def go_on_soon() -> None:
    """Look whether lists rest: there may be room again."""
    go_on.enqueue(once="imports go on")


@job("imports.go_on")
def go_on() -> None:
    """Let the lists that rest go on."""
    for one in resting():
        one.go_on()
        bring_in.enqueue(import_id=one.id)
