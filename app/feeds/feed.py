"""A feed as both kinds of writers take it: of a marketplace, a category, or whatever finds gigs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.markdown import render
from app.gigs import wording
from tenants.context import TenantInfo
from tenants.links import hall_url, origin
from themes.look import Look

# What XML 1.0 cannot say at all, not even escaped.
_UNSAYABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class Entry:
    """One gig in a feed. Its id stays the same wherever the marketplace moves; `html` is safe to show."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    author: str
    author_url: str
    category: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries, the newest first. All addresses are whole."""

    title: str
    subtitle: str
    language: str
    icon: str
    home_url: str
    own_url: str
    updated: datetime
    entries: tuple[Entry, ...]


def feed_of(hall: TenantInfo, rows: Iterable[Any], *, title: str, subtitle: str, home_url: str, own_url: str) -> Feed:
    """Return the feed of gigs that somebody has found: rows with the columns of `newest_for_anyone`, in their order."""
    entries = tuple(_entry(hall, row) for row in rows)
    return Feed(
        title=sayable(title),
        subtitle=sayable(subtitle),
        language=hall.locale,
        icon=origin(hall.host) + Look(hall).touch_icon_url,
        home_url=home_url,
        own_url=own_url,
        # An empty feed must say when it changed, too, and the same whenever it is asked on one day.
        updated=max((entry.updated for entry in entries), default=_beginning_of_today(hall.time_zone)),
        entries=entries,
    )


def sayable(text: str) -> str:
    """Return a text without the signs that XML has no way to write."""
    # Markup would escape what it translates.
    return str.translate(text, _UNSAYABLE)


def _entry(hall: TenantInfo, row: Any) -> Entry:
    return Entry(
        id=f"urn:uuid:{row.id}",
        url=hall_url(hall, "gigs.show", gig_id=row.id),
        title=sayable(row.title),
        summary=sayable(row.summary or wording.settled(row)),
        html=sayable(render(row.description)),
        author=sayable(row.author_name),
        author_url=hall_url(hall, "people.show", member_id=row.author_id),
        category=sayable(row.category_name or ""),
        published=row.published_at,
        updated=max(row.published_at, row.updated_at),
    )


def _beginning_of_today(zone: str) -> datetime:
    return datetime.combine(clock.today(zone), time(), ZoneInfo(zone))
