"""The plan as a picture: a bar for each role from its first to its last day, and who waits for whom.

The drawing says nothing that the table beside it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

WIDTH, ROW, BAR = 1000, 28, 14


@dataclass(frozen=True, slots=True)
class Span:
    """A role in the plan: when it begins and ends, and the role that it waits for. Without a day it has no bar."""

    id: UUID
    first: date | None
    last: date | None
    tone: str
    waits_for: UUID | None = None
    milestones: tuple[date, ...] = ()
    #: Of each milestone that waits: its own day (None: the role's first), whose it waits for, and the day of that.
    awaits: tuple[tuple[date | None, UUID, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Places in a drawing `WIDTH` wide: bars `(x, y, width, tone)`, days of milestones `(x, y)`, lines from the end of one
    bar to the beginning of another, and where today is (None: outside).
    """

    height: int
    bars: list[tuple[int, int, int, str]]
    marks: list[tuple[int, int]]
    lines: list[str]
    today: int | None


def picture_of(spans: Sequence[Span], today: date) -> Picture | None:
    """Return the drawing of a plan; None where no role has two days."""
    days = [day for span in spans for day in (span.first, span.last) if day is not None]
    if len(set(days)) < 2:
        return None
    first, last = min(days), max(days)
    length = max((last - first).days, 1)

    def across(day: date) -> int:
        return round((min(max(day, first), last) - first).days * WIDTH / length)

    bars, marks, ends = [], [], {}
    for row, span in enumerate(spans):
        begins, ends_on = span.first or span.last, span.last or span.first
        if begins is None or ends_on is None:
            continue
        left, right = across(begins), across(ends_on)
        left = min(left, WIDTH - 8)
        width = max(right - left, 8)
        top = row * ROW + (ROW - BAR) // 2
        bars.append((left, top, width, span.tone))
        marks += [(across(day), row * ROW + ROW // 2) for day in span.milestones]
        ends[span.id] = (left, left + width, row * ROW + ROW // 2)
    lines = [_line(ends[span.waits_for], ends[span.id]) for span in spans if span.id in ends and span.waits_for in ends]
    rows = {span.id: row * ROW + ROW // 2 for row, span in enumerate(spans)}
    for span in spans:
        for own, other_id, on in span.awaits:
            if span.id in ends and other_id in ends:
                begin = across(own) if own is not None else ends[span.id][0]
                lines.append(_line((0, across(on), rows[other_id]), (begin, 0, rows[span.id])))
    is_inside = first <= today <= last
    return Picture(len(spans) * ROW, bars, marks, lines, across(today) if is_inside else None)


def _line(waited_for: tuple[int, int, int], waits: tuple[int, int, int]) -> str:
    """Return the path from the end of one bar down (or up) to the beginning of another."""
    _, begin, at = waited_for
    end, _, to = waits
    return f"M{begin} {at}H{min(begin + 6, WIDTH)}V{to}H{end}"
