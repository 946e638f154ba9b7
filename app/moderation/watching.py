"""What other parts decide by their own pages stands in the log as well: a gig that a moderator takes down."""

from typing import Any

from app.core import clock
from app.gigs.models.listeners import when_moved
from app.messages.forms import ANOTHER
from app.moderation.models import Measure
from app.moderation.models.measure import hides
from app.moderation.things import Thing


@when_moved
def note_removal(gig: Any, verb: str, by: Any, why: str) -> None:
    """Write down that somebody took another's gig down, unless the decision itself did so."""
    if verb == "remove" and by is not None and by.id != gig.author_id and not hides(gig.id):
        thing = Thing("gig", gig)
        Measure.take(
            "hidden", gig.author_id, by=by, rule=str(ANOTHER), why=why, now=clock.now(), thing=thing, is_done=True
        )
