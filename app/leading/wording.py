"""Terms of office in words."""

from datetime import date
from typing import Any

from app.core import clock
from app.core.languages import gettext as _
from app.core.timers import day_of
from app.core.wording import day
from tenants.context import current_tenant


def span(term: Any) -> str:
    """Return from when until when a term runs or ran: “Since 3 March 2026, until 2 March 2028”."""
    zone = current_tenant().time_zone
    today = clock.today(zone)
    began, ends = day(term.starts_on, today), term.ends_on and day(term.ends_on, today)
    if term.ended_at is not None:
        return _("From %(began)s until %(ended)s", began=began, ended=day(_last_day(term, zone), today))
    return _("Since %(began)s, until %(ends)s", began=began, ends=ends) if ends else _("Since %(began)s", began=began)


def span_years(term: Any) -> str:
    """Return what somebody once was, with the years: “Led 2024–2026”."""
    first, last = term.starts_on.year, _last_day(term, current_tenant().time_zone).year
    years = str(first) if first == last else f"{first}–{last}"
    return _("Led %(years)s", years=years) if term.office == "category_leader" else _("Expert %(years)s", years=years)


def _last_day(term: Any, zone: str) -> date:
    ended: date = day_of(term.ended_at, zone)
    # The clock ends a term at the end of its last day, which is the next one's first moment.
    return min(ended, term.ends_on) if term.ends_on else ended
