"""Unfilled gigs of the demo have looked for people: each step on its day, as the clock would have taken it."""

from datetime import timedelta

from app.climbing.jobs import take_step
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.recruiting.models import Climb
from app.recruiting.needing import takes_people
from app.recruiting.settings import patience
from app.seeds.hall import Hall

# Older listings began before the marketplace looked for people itself.
_LATELY = timedelta(days=30)


def tell_of_climbs(hall: Hall) -> None:
    """Let what was listed lately climb to where it would stand today, and let one author have stopped it."""
    now, settled = clock.now(), patience()
    db.session.flush()
    listed = [gig for gig in hall.gigs.values() if takes_people(gig, now=now) and _is_recent(gig)]
    for gig in sorted(listed, key=lambda one: one.published_at or now):
        with clock.travel(to=gig.published_at or now):
            climb = Climb.begin(gig, settled, now=clock.now())
            db.session.flush()
        while climb.next_at is not None and climb.next_at <= now:
            moment = climb.next_at
            with clock.travel(to=moment):
                if not take_step(gig.id, now=moment):
                    break
    stopped = next((one for one in listed if (climb := Climb.of(one.id)) and climb.state == "leaders"), None)
    if stopped is not None and (climb := Climb.of(stopped.id)):
        climb.stop(stopped, by=hall.actor(stopped.author_id), now=now)


def _is_recent(gig: Gig) -> bool:
    return gig.published_at is not None and gig.published_at > clock.now() - _LATELY
