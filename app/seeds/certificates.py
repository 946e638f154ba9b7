"""What members of the demo had certified, and what became of it."""

from datetime import datetime, time, timedelta
from functools import partial

from app.certificates.issuing import grounds_of, issue
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall

_LATER = timedelta(days=2)


def tell_of_certificates(hall: Hall) -> None:
    """Let members have something certified, each on its day."""
    for entry in hall.content.vouches.get("certificate", ()):
        what = f"{entry['for']} has {entry['about']} certified"
        moment = hall.days.moment(entry["on"], usually=time(10), salt=what)
        hall.story.on(moment, what, partial(_certify, hall, entry))


def _certify(hall: Hall, entry: Entry, moment: datetime) -> None:
    holder = hall.actor(entry["for"])
    ground = next(one for one in grounds_of(holder.id) if one.about == entry["about"])
    certificate = issue(ground, entry["details"], by=holder, now=moment)
    if "annulled" in entry:
        said = entry["annulled"]
        certificate.annul(by=hall.actor(said["by"]), why=unwrapped(said["why"]), now=moment + _LATER)
    elif entry.get("withdrawn"):
        certificate.withdraw(by=holder, now=moment + _LATER)
