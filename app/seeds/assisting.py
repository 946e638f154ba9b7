"""Who acts for whom in the demo."""

from datetime import datetime, time, timedelta
from functools import partial

from app.mandates.models import Mandate
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall

_THINKS = timedelta(hours=5)
_FOR = timedelta(days=200)


def tell_of_mandates(hall: Hall) -> None:
    """Let members ask to act for each other, each on its day."""
    for entry in hall.content.assisting.get("mandate", ()):
        what = f"{entry['helper']} asks to act for {entry['assisted']}"
        moment = hall.days.moment(entry["on"], usually=time(19), salt=what)
        hall.story.on(moment, what, partial(_ask, hall, entry))


def _ask(hall: Hall, entry: Entry, moment: datetime) -> None:
    mandate = Mandate.ask(
        helper_id=hall.members[entry["helper"]].id,
        assisted_id=hall.members[entry["assisted"]].id,
        scopes=entry["scopes"],
        until=moment + _FOR,
        words=unwrapped(entry["words"]),
        by=hall.actor(entry["helper"]),
        now=moment,
    )
    if entry.get("consented"):
        mandate.consent(by=hall.actor(entry["assisted"]), now=moment + _THINKS)
