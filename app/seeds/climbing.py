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
    begun: list[Climb] = []
    for gig in listed:
        with clock.travel(to=gig.published_at or now):
            climb = Climb.begin(gig, settled, now=clock.now())
            db.session.flush()
        begun.append(climb)
    # As the clock would have met them: of how many gigs somebody was told in a week is counted backwards.
    while due := [one for one in begun if one.next_at is not None and one.next_at <= now]:
        earliest = min(due, key=lambda one: (one.next_at, one.gig_id))
        moment = earliest.next_at or now
        with clock.travel(to=moment):
            if not take_step(earliest.gig_id, now=moment):
                begun.remove(earliest)
    _let_one_be_stopped(hall, listed)


def _let_one_be_stopped(hall: Hall, listed: list[Gig]) -> None:
    for gig in listed:
        climb = Climb.of(gig.id)
        if climb is not None and climb.state in ("matches", "leaders", "around"):
            climb.stop(gig, by=hall.actor(gig.author_id), now=clock.now())
            return


def _is_recent(gig: Gig) -> bool:
    return gig.published_at is not None and gig.published_at > clock.now() - _LATELY
