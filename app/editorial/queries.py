"""Reading a marketplace's own pages."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import Row, and_, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.core.database import db
from app.core.errors import NotFound
from app.editorial.pages import Page, PageVersion
from tenants.context import current_tenant, current_tenant_id, member_or_none
from tenants.isolation import scoped
from tenants.models import Member

_LINKS = (
    select(Page.slug, Page.title)
    .where(scoped(Page), Page.state == "published", or_(Page.audience == "anyone", bindparam("signed_in")))
    .order_by(Page.position, Page.id)
)
# An address that a page had once leads to it still, unless another one has it now.
_AT = (
    select(Page)
    .outerjoin(
        PageVersion,
        and_(PageVersion.tenant_id == Page.tenant_id, PageVersion.page_id == Page.id, PageVersion.slug == bindparam("at")),
    )
    .where(
        scoped(Page), Page.state == "published", or_(Page.slug == bindparam("at"), PageVersion.slug == bindparam("at"))
    )
    .order_by(Page.slug != bindparam("at"), PageVersion.id.desc())
    .limit(1)
)  # fmt: skip
_Writer = aliased(Member)
_VERSIONS = (
    select(PageVersion.number, PageVersion.title, PageVersion.text, PageVersion.slug, PageVersion.written_at)
    .add_columns(_Writer.name.label("written_by"))
    .outerjoin(_Writer, and_(_Writer.tenant_id == PageVersion.tenant_id, _Writer.id == PageVersion.written_by))
    .where(scoped(PageVersion), PageVersion.page_id == bindparam("page_id"))
    .order_by(PageVersion.number.desc())
    .limit(100)
)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page as the foot of all pages and the members' menu name it."""

    href: str
    label: str


def page_links() -> list[PageLink]:
    """Return the published pages that whoever is here may read, in the leaders' order. Nothing is read where there are none."""
    if not current_tenant().page_count:
        return []
    if "page_links" not in g:
        rows = db.session.execute(_LINKS, {"signed_in": member_or_none() is not None})
        g.page_links = [PageLink(f"/pages/{row.slug}", row.title) for row in rows]
    return list(g.page_links)


def published_page_or_404(slug: str) -> Page:
    """Return the published page at an address, or the one that had it before.

    :raises NotFound: when there is none.
    """
    page = db.session.scalars(_AT, {"at": slug}).first()
    if page is None:
        raise NotFound
    return page


def page_or_404(page_id: UUID) -> Page:
    """:raises NotFound: when this tenant has none of that id."""
    page = db.session.get(Page, (current_tenant_id(), page_id))
    if page is None:
        raise NotFound
    return page


def versions_of(page: Page) -> list[Row[Any]]:
    """Return what a page said, newest first: number, title, text, slug, written_at, and written_by (a name)."""
    return list(db.session.execute(_VERSIONS, {"page_id": page.id}))


def version_or_404(page: Page, number: int) -> Row[Any]:
    """:raises NotFound: when it never had that version."""
    found = next((one for one in versions_of(page) if one.number == number), None)
    if found is None:
        raise NotFound
    return found
