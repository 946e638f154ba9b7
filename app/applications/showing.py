"""Applications in words, for their pages."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.applications.states import APPLICATION
from app.core import markdown
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import day, hours, month
from app.mandates.wording import said_by
from app.profiles.people import as_person
from tenants.context import tenant

_INSTANT = timedelta(microseconds=1)

#: The parts of an author's page, with the states that belong in each.
GROUPS = (
    (_l("Offered the gig"), ("offered", "accepted")),
    (_l("Short list"), ("shortlisted",)),
    (_l("Waiting for you"), ("sent",)),
    (_l("Answered"), ("declined", "withdrawn", "closed")),
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
    person = as_person(row)
    return {
        "id": row.application_id,
        "state": row.state,
        "label": APPLICATION.labels[row.state],
        "person": person,
        "said_by": said_by(person.name, row.helper) if row.helper else "",
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
        (_("Free"), _free(row, today)),
        (_("Where"), _where(row)),
        (_("Speaks"), ", ".join(row.languages or ()) or "–"),
        (
            _("Finished here"),
            ngettext("%(num)s gig", "%(num)s gigs", row.finished_count) if row.finished_count else _("nothing yet"),
        ),
        (_("Here since"), month(row.joined_at)),
    ]


def _free(row: Any, today: date) -> str:
    away = row.vacation_until and row.vacation_until >= today and (row.vacation_from or today) <= today
    if away:
        return _("away until %(day)s", day=day(row.vacation_until, today))
    elif row.available_minutes:
        return _("%(hours)s a week", hours=hours(row.available_minutes))
    else:
        return "–"


def _where(row: Any) -> str:
    if row.place:
        return _("%(place)s or remote", place=row.place) if row.remote else row.place
    return _("Remote") if row.remote else "–"


#: What an applicant reads on top: a heading, and words with the other side's name.
STANDS = {
    "sent": (
        _l("{name} has your application"),
        _l("You hear from them, at the latest when their time to answer is over."),
    ),
    "shortlisted": (_l("You are on the short list"), _l("{name} is still deciding.")),
    "offered": (_l("{name} offers you the gig"), _l("Read the terms; you can agree, suggest others, or say no.")),
    "accepted": (_l("You have the gig"), _l("What you agreed, and how it goes, is on the agreement's page.")),
    "declined": (_l("Not this time"), ""),
    "withdrawn": (_l("You stepped back"), ""),
    "closed": (_l("This has ended"), ""),
}
