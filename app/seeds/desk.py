"""What reaches the moderators' desk in the demo: reports, what was answered or decided, and who keeps away from whom."""

from datetime import datetime, time
from functools import partial

from app.core import clock
from app.messages.models import Report
from app.moderation.models import Appeal, Measure
from app.profiles.blocks import Block
from app.seeds.content_files import Entry, unwrapped
from app.seeds.hall import Hall


def tell_of_the_desk(hall: Hall) -> None:
    """Let members report, block and appeal, and moderators answer and decide."""
    for entry in hall.content.desk.get("report", ()):
        what, reports = f"report about {entry['about']}", []
        filed = hall.days.moment(entry["on"], usually=time(18), salt=entry["about"])
        hall.story.on(filed, what, partial(_file, hall, entry, reports))
        if "handled" in entry:
            handled = hall.days.moment(entry["handled"][0], usually=time(8, 50), after=filed, salt=entry["about"])
            hall.story.on(handled, what, partial(_answer, hall, entry, reports))
    for entry in hall.content.desk.get("decision", ()):
        _tell_of_decision(hall, entry)
    for entry in hall.content.desk.get("block", ()):
        blocked = hall.days.moment(entry["on"], usually=time(19), salt=entry["who"])
        hall.story.on(blocked, f"{entry['by']} blocks {entry['who']}", partial(_block, hall, entry))


def _tell_of_decision(hall: Hall, entry: Entry) -> None:
    what, begun = f"decision about {entry['about']}", []
    moment = hall.days.moment(entry["on"], usually=time(10, 20), salt=what)
    hall.story.on(moment, what, partial(_decide, hall, entry, begun))
    for name, happens in (("appeal", _appeal), ("answered", _answer_appeal)):
        if name in entry:
            moment = hall.days.moment(entry[name][0], usually=time(17, 40), after=moment, salt=what)
            hall.story.on(moment, f"{what}: {name}", partial(happens, hall, entry, begun))


def _decide(hall: Hall, entry: Entry, begun: list[Measure | Appeal], now: datetime) -> None:
    until = clock.end_of_day(hall.days.day(entry["until"]), hall.days.zone) if "until" in entry else None
    about, told = hall.members[entry["about"]].id, {"rule": entry["rule"], "why": entry["why"], "until": until}
    deeds = entry.get("deeds", ())
    begun.append(Measure.take(entry["kind"], about, deeds=deeds, by=hall.actor(entry["by"]), now=now, **told))


def _appeal(_hall: Hall, entry: Entry, begun: list[Measure | Appeal], now: datetime) -> None:
    begun.append(Appeal.against(begun.pop(), words=entry["appeal"][1], now=now))


def _answer_appeal(hall: Hall, entry: Entry, begun: list[Measure | Appeal], now: datetime) -> None:
    _, who, state, answer = entry["answered"]
    appeal = begun.pop()
    decide = appeal.grant if state == "granted" else appeal.refuse
    decide(by=hall.actor(who), answer=answer, now=now)


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
