"""One thing on a member's bench."""

from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime

from app.agreements.scene import last_day
from app.core.languages import gettext as _
from app.profiles.people import Person


@dataclass(frozen=True, slots=True)
class Task:
    """Where it leads, what it is about, what is to be done and by when, and who else is in it."""

    href: str
    title: str
    note: str
    until: str = ""
    person: Person | None = None
    _: KW_ONLY
    #: Drawn where there is nobody to show.
    icon: str = "clock"
    #: What is due first stands first; what is never due stands last.
    due: date = date.max
    is_late: bool = False


def due_by(
    href: str, title: str, note: str, deadline: datetime | None, today: date, person: Person | None = None
) -> Task:
    """Return a task with its deadline in words, where it has one."""
    if deadline is None:
        return Task(href, title, note, person=person)
    return Task(
        href, title, note, _("by %(last_day)s", last_day=last_day(deadline, today)), person, due=deadline.date()
    )
