"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from app.feeds.atom import moment
from app.feeds.feed import Entry, Feed

TYPE = "application/feed+json"
_VERSION = "https://jsonfeed.org/version/1.1"


def written(feed: Feed) -> bytes:
    """Return a feed as JSON Feed."""
    said = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.own_url,
        "description": feed.subtitle,
        "icon": feed.icon,
        "language": feed.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(_said(said), ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    content = {"content_html": entry.html} if entry.html else {"content_text": entry.summary}
    return _said(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            **content,
            "date_published": moment(entry.published),
            "date_modified": moment(entry.updated),
            "authors": [{"name": entry.author, "url": entry.author_url}],
            "tags": [entry.category] if entry.category else None,
        }
    )


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is known: JSON Feed leaves out what it does not know."""
    return {name: value for name, value in values.items() if value not in (None, "")}
