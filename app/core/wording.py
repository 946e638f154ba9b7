"""Words for amounts, spans and moments. Pure and quick: a listing calls them for every row."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup, escape

from app.core import clock
from app.core.markdown import plain, render
from app.core.money import exponent, symbol

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def money(minor: int, currency: str) -> str:
    """Return an amount with its sign: 125000 EUR → “€1,250”, 125050 → “€1,250.50”."""
    places = exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    decimals = f".{rest:0{places}}" if rest else ""
    return f"{'−' if minor < 0 else ''}{symbol(currency)}{whole:,}{decimals}"


def money_range(least: int, most: int | None, currency: str) -> str:
    """Return a span of amounts: “€40–60”; one amount when both ends are the same, “from €40” when there is no upper."""
    if most is None:
        return f"from {money(least, currency)}"
    elif most == least:
        return money(least, currency)
    else:
        return f"{money(least, currency)}–{money(most, currency).removeprefix(symbol(currency))}"


def hours(minutes: int) -> str:
    """Return a span of work: “45 min”, “2 h”, “1 h 30 min”."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return f"{rest}\u00a0min"
    return f"{whole:,}\u00a0h\u00a0{rest}\u00a0min" if rest else f"{whole:,}\u00a0h"


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: “1 gig”, “1,204 gigs”, “2 people” with `many` given."""
    return f"{number:,} {one if number == 1 else many or _many(one)}"


def ago(when: datetime, now: datetime | None = None) -> str:
    """Return how long ago a moment was, or how far ahead: “just now”, “3 h ago”, “in 2 days”."""
    seconds = ((now or clock.now()) - when).total_seconds()
    span = _span(abs(seconds))
    if not span:
        return "just now"
    return f"{span} ago" if seconds > 0 else f"in {span}"


def day(when: date, today: date | None = None) -> str:
    """Return a calendar day: “22 November”, with the year when it is not today's."""
    named = f"{when.day} {_MONTHS[when.month - 1]}"
    return named if when.year == (today or clock.now().date()).year else f"{named} {when.year}"


def short_day(when: date, today: date | None = None) -> str:
    """Return a calendar day in few letters: “22 Nov”, with the year when it is not today's."""
    named = f"{when.day} {_MONTHS[when.month - 1][:3]}"
    return named if when.year == (today or clock.now().date()).year else f"{named} {when.year}"


def due(when: date, today: date) -> str:
    """Return a last day as seen from today: “today”, “tomorrow”, “in 5 days”, “3 days ago”, else the day."""
    days = (when - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    elif 1 < days < 15:
        return f"in {days} days"
    elif -15 < days < 0:
        return f"{-days} days ago"
    else:
        return day(when, today)


def moment(when: datetime, zone: str = "UTC") -> str:
    """Return a moment on the reader's clock: “Sunday 22 November 2026, 14:05”."""
    local = when.astimezone(_zone(zone))
    return (
        f"{_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}, "
        f"{local.hour:02}:{local.minute:02}"
    )


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
    """Give templates these words as filters: `{{ gig.pay | money(gig.currency) }}`, `{{ 3 | plural("gig") }}`, and those
    of Markdown: `{{ gig.description | markdown }}`, `{{ gig.description | plain(160) }}`.
    """
    words = (money, money_range, hours, plural, ago, day, short_day, due, moment, time_ago, time_day)
    app.jinja_env.filters.update({word.__name__: word for word in words}, markdown=render, plain=plain)


def _span(seconds: float) -> str:
    if seconds < 60:
        return ""
    elif seconds < 3600:
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


def _many(one: str) -> str:
    if one.endswith("y") and one[-2:-1] not in "aeiou":
        return f"{one[:-1]}ies"
    return f"{one}es" if one.endswith(("s", "x", "ch", "sh")) else f"{one}s"


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
