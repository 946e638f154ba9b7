"""Who held an office in the demo and gave it up: their terms stay on record."""

from datetime import datetime, time
from functools import partial

from app.categories.offices import TermOfOffice
from app.seeds.content_files import Entry
from app.seeds.hall import Hall

_NOON = time(12)


def tell_of_terms(hall: Hall) -> None:
    """Let those terms begin and end on their days."""
    for slug, category in hall.content.categories.items():
        for entry in category.get("former", ()):
            what, terms = f"{slug}: {entry['who']} in office", []
            for day, happens in ((entry["from"], _begin), (entry["until"], _end)):
                moment = hall.days.moment(day, usually=_NOON, salt=what)
                hall.story.on(moment, what, partial(happens, hall, slug, entry, terms))


def _begin(hall: Hall, slug: str, entry: Entry, terms: list[TermOfOffice], now: datetime) -> None:
    terms.append(
        TermOfOffice.begin(
            hall.categories[slug],
            hall.members[entry["who"]],
            entry["office"],
            starts_on=hall.days.day_of(now),
            ends_on=None,
            by=hall.actor(hall.leader.id),
            now=now,
        )
    )


def _end(hall: Hall, _slug: str, entry: Entry, terms: list[TermOfOffice], now: datetime) -> None:
    terms.pop().end(by=hall.actor(entry["who"]), why=entry["why"], now=now)
