"""What reaches the moderators' desk in the demo: reports, what was answered, and who keeps away from whom."""

from datetime import datetime, time
from functools import partial

from app.messages.models import Report
from app.profiles.blocks import Block
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall


def tell_of_the_desk(hall: Hall) -> None:
    """Let members report and block, and moderators answer."""
    for entry in hall.content.desk.get("report", ()):
        what, reports = f"report about {entry['about']}", []
        filed = hall.days.moment(entry["on"], usually=time(18), salt=entry["about"])
        hall.story.on(filed, what, partial(_file, hall, entry, reports))
        if "handled" in entry:
            handled = hall.days.moment(entry["handled"][0], usually=time(8, 50), after=filed, salt=entry["about"])
            hall.story.on(handled, what, partial(_answer, hall, entry, reports))
    for entry in hall.content.desk.get("block", ()):
        blocked = hall.days.moment(entry["on"], usually=time(19), salt=entry["who"])
        hall.story.on(blocked, f"{entry['by']} blocks {entry['who']}", partial(_block, hall, entry))


def _file(hall: Hall, entry: Entry, reports: list[Report], now: datetime) -> None:
    is_gig = entry["about"] in hall.gigs
    about = hall.gigs[entry["about"]] if is_gig else hall.members[entry["about"]]
    words = unwrapped(entry["words"])
    kind = "gig" if is_gig else "member"
    reports.append(Report.file(kind, about.id, rule=entry["rule"], words=words, by=hall.actor(entry["by"]), now=now))


def _answer(hall: Hall, entry: Entry, reports: list[Report], now: datetime) -> None:
    _, who, answer = entry["handled"]
    report = reports.pop()
    decide = report.uphold if entry["state"] == "upheld" else report.dismiss
    decide(by=hall.actor(who), answer=unwrapped(answer), now=now)


def _block(hall: Hall, entry: Entry, now: datetime) -> None:
    Block.put(hall.members[entry["who"]].id, by=hall.actor(entry["by"]), now=now)
