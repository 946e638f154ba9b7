"""Who thanked whom in the demo, and what became of it."""

from datetime import datetime, time, timedelta
from functools import partial

from app.kudos.models import Kudos
from app.profiles.models import Profile
from app.seeds.content_files import Entry
from app.seeds.hall import Hall

_READS_IT = timedelta(hours=5)


def tell_of_thanks(hall: Hall) -> None:
    """Let members thank each other, each on its day."""
    for entry in hall.content.vouches.get("kudos", ()):
        what = f"{entry['by']} thanks {entry['for']}"
        moment = hall.days.moment(entry["on"], usually=time(18), salt=what)
        hall.story.on(moment, what, partial(_thank, hall, entry))


def _thank(hall: Hall, entry: Entry, moment: datetime) -> None:
    whom = hall.actor(entry["for"])
    if entry.get("answer") == "always":
        Profile.of(whom.id).tell(now=moment, kudos_shown=True)
    thanks = Kudos.give(
        whom.id, by=hall.actor(entry["by"]), reason=entry["reason"], text=entry.get("text", ""), now=moment
    )
    if entry.get("answer") == "show":
        thanks.show(by=whom, now=moment + _READS_IT)
