"""Applications in words, for their pages."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.applications.states import APPLICATION
from app.core import markdown
from app.core.wording import day, hours, month, plural
from app.profiles.people import as_person
from tenants.context import tenant

_INSTANT = timedelta(microseconds=1)

#: The parts of an author's page, with the states that belong in each.
GROUPS = (
    ("Offered the gig", ("offered", "accepted")),
    ("Short list", ("shortlisted",)),
    ("Waiting for you", ("sent",)),
    ("Answered", ("declined", "withdrawn", "closed")),
)


def last_day(moment: datetime, today: date) -> str:
    """Return the last day before a moment that ends one, as people name it: the end of Friday is “Friday”."""
    last = (moment.astimezone(ZoneInfo(tenant.time_zone)) - _INSTANT).date()
    return day(last, today)


def grouped(rows: Sequence[Any], skills: dict[Any, list[dict[str, Any]]], today: date) -> list[tuple[str, list[Any]]]:
    """Return the applications of a gig in the parts of its author's page, without empty parts."""
    shown = [_beside(row, skills.get(row.id, []), today) for row in rows]
    return [(title, group) for title, states in GROUPS if (group := [one for one in shown if one["state"] in states])]


def _beside(row: Any, skills: list[dict[str, Any]], today: date) -> dict[str, Any]:
    return {
        "id": row.application_id,
        "state": row.state,
        "label": APPLICATION.labels[row.state],
        "person": as_person(row),
        "headline": row.headline or "",
        "skills": skills[:8],
        "facts": profile_facts(row, today),
        "note": markdown.render(row.note),
        "answers": row.answers,
        "reason": row.reason,
        "at": row.created_at,
        "until": last_day(row.deadline_at, today) if row.deadline_at else "",
    }


def profile_facts(row: Any, today: date) -> list[tuple[str, str]]:
    """Return what a profile says, always in the same order, so that people can be compared side by side."""
    return [
        ("Free", _free(row, today)),
        ("Where", _where(row)),
        ("Speaks", ", ".join(row.languages or ()) or "–"),
        ("Finished here", plural(row.finished_count, "gig") if row.finished_count else "nothing yet"),
        ("Here since", month(row.joined_at)),
    ]


def _free(row: Any, today: date) -> str:
    away = row.vacation_until and row.vacation_until >= today and (row.vacation_from or today) <= today
    if away:
        return f"away until {day(row.vacation_until, today)}"
    elif row.available_minutes:
        return f"{hours(row.available_minutes)} a week"
    else:
        return "–"


def _where(row: Any) -> str:
    if row.place:
        return f"{row.place} or remote" if row.remote else row.place
    return "Remote" if row.remote else "–"


#: What an applicant reads on top: a heading, and words with the other side's name.
STANDS = {
    "sent": ("{name} has your application", "You hear from them, at the latest when their time to answer is over."),
    "shortlisted": ("You are on the short list", "{name} is still deciding."),
    "offered": ("{name} offers you the gig", "Read the terms; you can agree, suggest others, or say no."),
    "accepted": ("You have the gig", "What you agreed, and how it goes, is on the agreement's page."),
    "declined": ("Not this time", ""),
    "withdrawn": ("You stepped back", ""),
    "closed": ("This has ended", ""),
}
