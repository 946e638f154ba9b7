"""Atom (RFC 4287)."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from app.feeds.feed import Entry, Feed

TYPE = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
ET.register_namespace("", NAMESPACE)


def written(feed: Feed) -> bytes:
    """Return a feed as Atom."""
    root = ET.Element(_name("feed"), {_LANGUAGE: feed.language})
    _add(root, "id", feed.own_url)
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", moment(feed.updated))
    _add(root, "icon", feed.icon)
    _add(root, "link", rel="self", type=TYPE, href=feed.own_url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home_url)
    for entry in feed.entries:
        _entry(root, entry)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def moment(at: datetime) -> str:
    """Return a moment as RFC 3339 has it, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(root: ET.Element, entry: Entry) -> None:
    node = ET.SubElement(root, _name("entry"))
    _add(node, "id", entry.id)
    _add(node, "title", entry.title)
    _add(node, "link", rel="alternate", type="text/html", href=entry.url)
    _add(node, "published", moment(entry.published))
    _add(node, "updated", moment(entry.updated))
    author = ET.SubElement(node, _name("author"))
    _add(author, "name", entry.author)
    _add(author, "uri", entry.author_url)
    if entry.category:
        _add(node, "category", term=entry.category)
    _add(node, "summary", entry.summary)
    if entry.html:
        _add(node, "content", entry.html, **{"type": "html", _BASE: entry.url})


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    ET.SubElement(parent, _name(name), attributes).text = text


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
