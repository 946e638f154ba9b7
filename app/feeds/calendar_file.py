"""iCalendar (RFC 5545), as far as days need it: a calendar of things that are due on a date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

TYPE = "text/calendar"
# A line has at most so many octets, its end not counted.
_LONGEST = 75
_PROGRAM = "-//Guildhall//Due dates//EN"
_ENDS = re.compile(r"\r\n|\r")
# Controls cannot be said at all, except the tab and what becomes `\n`; half a pair is no sign.
_UNSAYABLE = dict.fromkeys([*range(9), *range(11, 32), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xE000)])
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


@dataclass(frozen=True, slots=True)
class Day:
    """Something on one day. Its id never changes; `changed_at` is when what it says did."""

    id: str
    on: date
    title: str
    text: str
    url: str
    changed_at: datetime


def written(name: str, days: Iterable[Day]) -> bytes:
    """Return a calendar of days; its reader is asked to look again every four hours."""
    return b"".join(_folded(line) for line in _lines(name, days))


def escaped(text: str) -> str:
    """Return a text as the value of a property."""
    return _ENDS.sub("\n", text).translate(_UNSAYABLE).translate(_ESCAPES)


def _lines(name: str, days: Iterable[Day]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{_PROGRAM}"
    yield "CALSCALE:GREGORIAN"
    # The first of each is the standard's (RFC 7986), the second what programs knew before it.
    yield f"NAME:{escaped(name)}"
    yield f"X-WR-CALNAME:{escaped(name)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT4H"
    yield "X-PUBLISHED-TTL:PT4H"
    for day in days:
        yield from _day(day)
    yield "END:VCALENDAR"


def _day(day: Day) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(day.id)}"
    # Of a calendar that is published, not sent, the stamp is when the thing last changed: the same file for the same facts.
    yield f"DTSTAMP:{day.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"SUMMARY:{escaped(day.title)}"
    yield f"DESCRIPTION:{escaped(day.text)}"
    yield f"URL:{day.url}"
    # What is due takes no time: whoever plans with somebody finds the day free.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _folded(line: str) -> bytes:
    """Return a line as octets, broken where it is too long, but never inside a sign."""
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _LONGEST:
            parts.append("")
            # The space that begins what goes on.
            size = 1
        parts[-1] += sign
        size += width
    return "\r\n ".join(parts).encode() + b"\r\n"
