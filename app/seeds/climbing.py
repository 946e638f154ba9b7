"""Unfilled gigs of the demo look for people: once a day the clock comes by, as it does each hour of a real marketplace."""

from datetime import datetime, timedelta
from functools import partial

from app.climbing.jobs import take_step
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.recruiting.models import Climb
from app.recruiting.needing import takes_people
from app.recruiting.settings import patience
from app.seeds.hall import Hall

# Older listings began before the marketplace looked for people itself.
_DAYS = 30
_SHORTLY = timedelta(minutes=20)


def tell_of_climbs(hall: Hall) -> None:
    """Let what was listed lately climb, and let one author have stopped it."""
    now = clock.now()
    for days in range(_DAYS, -1, -1):
        hall.story.on(
            now - timedelta(days=days) - _SHORTLY, "climbs", partial(_look, hall, now - timedelta(days=_DAYS))
        )
    hall.story.on(now - _SHORTLY / 2, "a climb is stopped", partial(_let_one_be_stopped, hall))


def _look(hall: Hall, since: datetime, now: datetime) -> None:
    settled, begun = patience(), []
    for gig in _listed(hall, since, now):
        climb = Climb.of(gig.id) or Climb.begin(gig, settled, now=now)
        begun.append((climb, gig))
    db.session.flush()
    due = [(climb, gig) for climb, gig in begun if climb.next_at is not None and climb.next_at <= now]
    for _, gig in sorted(due, key=lambda one: (one[0].next_at, one[1].id)):
        take_step(gig.id, now=now)


def _let_one_be_stopped(hall: Hall, now: datetime) -> None:
    for gig in _listed(hall, now - timedelta(days=_DAYS), now):
        climb = Climb.of(gig.id)
        if climb is not None and climb.state in ("matches", "leaders", "around"):
            climb.stop(gig, by=hall.actor(gig.author_id), now=now)
            return


def _listed(hall: Hall, since: datetime, now: datetime) -> list[Gig]:
    return [
        gig
        for gig in hall.gigs.values()
        if gig.published_at is not None and since < gig.published_at <= now and takes_people(gig, now=now)
    ]
