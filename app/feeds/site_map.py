"""What search engines are told of a marketplace: where they may look, and the pages worth finding."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.etree import ElementTree as ET

from app.core.findable import OPEN_BUT_FOR_QUESTIONS
from app.feeds.atom import moment
from app.feeds.queries import categories_on_the_map, gigs_on_the_map, pages_on_the_map
from tenants.context import TenantInfo
from tenants.links import hall_url

TYPE = "application/xml"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Place = tuple[str, datetime | None]


def robots(hall: TenantInfo, *, is_public: bool) -> str:
    """Return a marketplace's robots.txt (RFC 9309)."""
    if not is_public:
        return "User-agent: *\nDisallow: /\n"
    return f"{OPEN_BUT_FOR_QUESTIONS}\nSitemap: {hall_url(hall, 'feeds.map_of_site')}\n"


def places(hall: TenantInfo) -> Iterator[Place]:
    """Yield the pages that search engines may keep, with the moment of their last change where it is known."""
    yield hall_url(hall, "halls.front"), None
    yield hall_url(hall, "gigs.index"), None
    yield from ((hall_url(hall, "categories.show", slug=row.slug), None) for row in categories_on_the_map())
    yield from ((hall_url(hall, "editorial.show", slug=row.slug), row.changed_at) for row in pages_on_the_map())
    # Thousands of addresses: put together once, not looked up for each.
    gigs = hall_url(hall, "gigs.index")
    yield from ((f"{gigs}/{row.id}", row.changed_at) for row in gigs_on_the_map())


def written(found: Iterable[Place]) -> bytes:
    """Return places as a sitemap (sitemaps.org)."""
    root = ET.Element("urlset", xmlns=_NAMESPACE)
    for address, changed_at in found:
        node = ET.SubElement(root, "url")
        ET.SubElement(node, "loc").text = address
        if changed_at is not None:
            ET.SubElement(node, "lastmod").text = moment(changed_at)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)
