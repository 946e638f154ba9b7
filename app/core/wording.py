"""Words for amounts, spans and moments. Pure and quick: a listing calls them for every row."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup, escape

from app.core import clock, locales
from app.core.languages import SOURCE, language, ngettext, own
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import lazy_pgettext as _lp
from app.core.markdown import plain, render

_STATES = {
    "accepted": _l("Accepted"),
    "accepting": _l("Accepting"),
    "active": _l("Active"),
    "agreed": _l("Agreed"),
    "awaiting_release": _l("Awaiting release"),
    "banned": _l("Banned"),
    "cancelled": _l("Cancelled"),
    "changes_requested": _l("Changes requested"),
    "closed": _l("Closed"),
    "countered": _l("Countered"),
    "declined": _lp("application", "Declined"),
    "delivered": _l("Delivered"),
    "disputed": _l("Disputed"),
    "done": _l("Done"),
    "draft": _l("Draft"),
    "expired": _l("Expired"),
    "failed": _l("Failed"),
    "filled": _l("Filled"),
    "in_review": _l("In review"),
    "late": _l("Late"),
    "left": _l("Left"),
    "offered": _lp("application", "Offered"),
    "open": _l("Open"),
    "paid": _lp("state", "Paid"),
    "paused": _l("Paused"),
    "pending": _l("Pending"),
    "planned": _l("Planned"),
    "proposed": _l("Proposed"),
    "removed": _l("Removed"),
    "resolved": _l("Resolved"),
    "reviewed": _l("Reviewed"),
    "sent": _lp("application", "Sent"),
    "shortlisted": _lp("application", "Shortlisted"),
    "suspended": _l("Suspended"),
    "dismissed": _lp("report", "Dismissed"),
    "upheld": _lp("report", "Upheld"),
    "waiting": _l("Waiting"),
    "withdrawn": _lp("application", "Withdrawn"),
}


def money(minor: int, currency: str) -> str:
    """Return an amount with its sign: 125000 EUR → “€1,250”, 125050 → “€1,250.50”."""
    return locales.money(minor, currency, language())


def money_range(least: int, most: int | None, currency: str) -> str:
    """Return a span of amounts: “€40–60”; one amount when both ends are the same, “from €40” when there is no upper."""
    if most is None:
        return _("from %(amount)s", amount=money(least, currency))
    elif most == least:
        return money(least, currency)
    else:
        return locales.money_span(least, most, currency, language())


def number(value: int) -> str:
    """Return a whole number: “1,204”."""
    return locales.number(value, language())


def percent(share: float) -> str:
    """Return a share from 0 to 1: “34%”."""
    return locales.percent(round(100 * share), language())


def points(basis_points: int) -> str:
    """Return a share in basis points, as exactly as it is: 250 → “2.5%”."""
    return locales.points(basis_points, language())


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: “a, b and c”."""
    return locales.listed([own(word) for word in words], language())


def hours(minutes: int) -> str:
    """Return a span of work: “45 min”, “2 h”, “1 h 30 min”."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return _("%(minutes)s\u00a0min", minutes=rest)
    elif rest:
        return _("%(hours)s\u00a0h\u00a0%(minutes)s\u00a0min", hours=number(whole), minutes=rest)
    else:
        return _("%(hours)s\u00a0h", hours=number(whole))


def span(length: timedelta) -> str:
    """Return a length of time, roughly: “40 minutes”, “9 hours”, “2 days”."""
    return locales.span(length, language())


def weekdays() -> list[str]:
    """Return the days of a week in few letters, Monday first."""
    return list(locales.weekdays(language()))


def weekday(number: int) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return locales.weekday(number, language())


def ago(when: datetime, now: datetime | None = None) -> str:
    """Return how long ago a moment was, or how far ahead: “just now”, “3 h ago”, “in 2 days”."""
    seconds = ((now or clock.now()) - when).total_seconds()
    if abs(seconds) < 60:
        return _("just now")
    elif (spoken := language()) != SOURCE:
        return locales.distance(seconds, spoken)
    span = _span(abs(seconds))
    return f"{span} ago" if seconds > 0 else f"in {span}"


def day(when: date, today: date | None = None) -> str:
    """Return a calendar day: “22 November”, with the year when it is not today's."""
    return locales.day(when, "day" if _is_this_year(when, today) else "day_of_year", language())


def full_day(when: date) -> str:
    """Return a calendar day with its year: “22 November 2026”."""
    return locales.day(when, "day_of_year", language())


def short_day(when: date, today: date | None = None) -> str:
    """Return a calendar day in few letters: “22 Nov”, with the year when it is not today's."""
    return locales.day(when, "short" if _is_this_year(when, today) else "short_of_year", language())


def month(when: date, *, short: bool = False) -> str:
    """Return a month with its year: “March 2026”, or “Mar 2026”."""
    return locales.day(when, "short_month" if short else "month", language())


def due(when: date, today: date) -> str:
    """Return a last day as seen from today: “today”, “tomorrow”, “in 5 days”, “3 days ago”, else the day."""
    days = (when - today).days
    if days == 0:
        return _("today")
    elif abs(days) == 1:
        return _("tomorrow") if days == 1 else _("yesterday")
    elif 1 < days < 15:
        return ngettext("in %(num)s day", "in %(num)s days", days)
    elif -15 < days < 0:
        return ngettext("%(num)s day ago", "%(num)s days ago", -days)
    else:
        return day(when, today)


def moment(when: datetime, zone: str = "UTC") -> str:
    """Return a moment on the reader's clock: “Sunday 22 November 2026, 14:05”."""
    local = when.astimezone(_zone(zone))
    return f"{locales.day(local.date(), 'weekday', language())}, {local.hour:02}:{local.minute:02}"


def time_ago(when: datetime, now: datetime | None = None, zone: str = "UTC") -> Markup:
    """Return a `<time>` element that says how long ago, and the moment itself when pointed at."""
    stamp = when.isoformat(timespec="seconds")
    return Markup(f'<time datetime="{stamp}" title="{escape(moment(when, zone))}">{ago(when, now)}</time>')


def time_day(when: date, today: date | None = None) -> Markup:
    """Return a `<time>` element for a calendar day."""
    return Markup(f'<time datetime="{when.isoformat()}">{day(when, today)}</time>')


def paragraphs(text: str) -> Markup:
    """Return plain text as people typed it: escaped, its blank lines as paragraphs and its line ends kept."""
    blocks = (block.strip("\n") for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    lines = (Markup("<br>").join(block.split("\n")) for block in blocks if block.strip())
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def register(app: Flask) -> None:
    """Give templates these words as filters: `{{ gig.pay | money(gig.currency) }}`, `{{ gig.due_on | day }}`, and those
    of Markdown: `{{ gig.description | markdown }}`, `{{ gig.description | plain(160) }}`.
    """
    words = (money, money_range, number, listed, hours, ago, day, full_day, short_day, due, moment, time_ago, time_day)
    app.jinja_env.filters.update({word.__name__: word for word in (*words, state_name)}, markdown=render, plain=plain)


def state_name(state: str) -> str:
    """Return what people call a state: “In review”. Where a feature has words of its own for it, these come first."""
    return str(_STATES.get(state) or state.replace("_", " ").capitalize())


def _is_this_year(when: date, today: date | None) -> bool:
    return when.year == (today or clock.now().date()).year


def _span(seconds: float) -> str:
    if seconds < 3600:
        return f"{seconds // 60:.0f} min"
    elif seconds < 86400:
        return f"{seconds // 3600:.0f} h"
    days = timedelta(seconds=seconds).days
    if days < 14:
        return "1 day" if days == 1 else f"{days} days"
    elif days < 60:
        return f"{days // 7} weeks"
    elif days < 730:
        return f"{days // 30} months"
    else:
        return f"{days // 365} years"


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
