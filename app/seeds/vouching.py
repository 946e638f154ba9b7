"""Who stands by whom in the demo, and what they did with what was said of them."""

from datetime import datetime, time, timedelta
from functools import partial

from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall
from app.vouching.models import Vouch

_READS_IT = timedelta(hours=7)


def tell_of_vouches(hall: Hall) -> None:
    """Let members vouch for each other, each on its day."""
    for entry in hall.content.vouches["vouch"]:
        what = f"{entry['by']} vouches for {entry['for']}"
        moment = hall.days.moment(entry["on"], usually=time(20), salt=what)
        hall.story.on(moment, what, partial(_vouch, hall, entry))


def _vouch(hall: Hall, entry: Entry, moment: datetime) -> None:
    said = Vouch.write(
        hall.members[entry["for"]].id,
        by=hall.actor(entry["by"]),
        relation=entry["relation"],
        text=unwrapped(entry["text"]),
        now=moment,
    )
    if entry.get("answer") == "show":
        said.show(by=hall.actor(entry["for"]), now=moment + _READS_IT)
