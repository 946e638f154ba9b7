"""Pages of a marketplace's own: about, guidelines, questions. Every version is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Self
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, UniqueConstraint, func, inspect, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.ids import new_id
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor, current_tenant_id
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import Tenant, one_of
from tenants.names import slug_from
from tenants.versions import touch

STATES = ("draft", "published", "removed")
AUDIENCES = ("anyone", "members")
MOST_PAGES = 30


class PageChanged(Conflict):
    message = _l("Somebody saved this page since you opened it.")


class PageMoved(Conflict):
    message = _l("This page is somewhere else in its life by now. Here is how it stands.")


class TooManyPages(Conflict):
    message = _l("%(most)s pages are the most. Remove one, or put this on another.", most=MOST_PAGES)


class Wording(NamedTuple):
    """What a leader says on a page. An empty slug is made from the title."""

    title: str
    text: str
    slug: str
    audience: str


class Page(TenantRow, Base):
    """One page. `version` counts what was saved; the address is unique among pages that are not removed."""

    __tablename__ = "pages"
    shown_in = ("hall",)
    __table_args__ = (
        tenant_key("changed_by", "members"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint(one_of("audience", AUDIENCES), name="audience_known"),
        Index("pages_slug_key", "tenant_id", "slug", unique=True, postgresql_where=text("state <> 'removed'")),
    )

    slug: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="draft")
    audience: Mapped[str] = mapped_column(server_default="anyone")
    position: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[datetime]
    changed_by: Mapped[UUID | None]

    @classmethod
    def begin(cls, wording: Wording, *, by: Actor, now: datetime) -> Self:
        """Return a new draft, last in the order.

        :raises TooManyPages: when the tenant has as many as fit.
        """
        _lock()
        _refuse_too_many()
        last = db.session.scalar(select(func.max(cls.position)).where(scoped(cls))) or 0
        page = cls(id=new_id(), state="draft", position=last + 1, version=0)
        page._keep(wording, by, now)
        record("begin", page, by=by, to="draft", title=page.title)
        return page

    @property
    def is_unseen(self) -> bool:
        """Whether what is being written was nobody's to read and is not now: no page is out of date by it."""
        return "published" not in (self.state, inspect(self).committed_state.get("state"))

    @property
    def is_published(self) -> bool:
        return self.state == "published"

    @property
    def is_removed(self) -> bool:
        return self.state == "removed"

    @property
    def wording(self) -> Wording:
        return Wording(self.title, self.text, self.slug, self.audience)

    def revise(self, wording: Wording, *, seen: int, by: Actor, now: datetime) -> None:
        """Save other words as a new version; on a published page everybody reads them at once. Equal words are nothing.

        :param seen: the version that they were written over.
        :raises PageChanged: when it is another one now.
        """
        self._lock_here("draft", "published")
        if seen != self.version:
            raise PageChanged
        elif wording._replace(slug=wording.slug or self.slug) != self.wording:
            self._keep(wording._replace(slug=wording.slug or self.slug), by, now)
            record("revise", self, by=by, version=self.version)

    def publish(self, *, by: Actor) -> None:
        """Let its readers have it."""
        self._go("published", "draft", by=by, verb="publish")

    def withdraw(self, *, by: Actor) -> None:
        """Make it a draft again: nobody but the leaders sees it."""
        self._go("draft", "published", by=by, verb="withdraw")

    def remove(self, *, by: Actor) -> None:
        """Take it away. It is kept with its versions, and can be brought back."""
        self._go("removed", "draft", "published", by=by, verb="remove")

    def bring_back(self, *, by: Actor) -> None:
        """Have it as a draft again, at an address that is free.

        :raises TooManyPages: when the tenant has as many as fit.
        """
        _lock()
        _refuse_too_many()
        self._lock_here("removed")
        self.slug = free_slug(self.slug, but=self.id)
        self._go("draft", "removed", by=by, verb="bring_back")

    def move(self, *, up: bool) -> None:
        """Let it change places with its neighbour in the order; at the end it stays."""
        _lock()
        pages = all_pages()
        here = pages.index(self) if self in pages else -1
        there = here - 1 if up else here + 1
        if here >= 0 and 0 <= there < len(pages):
            pages[here], pages[there] = pages[there], pages[here]
        for position, page in enumerate(pages, start=1):
            page.position = position
        touch("hall")

    def _keep(self, wording: Wording, by: Actor, now: datetime) -> None:
        # A former address of another page's may be taken over: whoever has it now comes first.
        self.slug = free_slug(wording.slug or slug_from(wording.title) or "page", but=self.id)
        self.title, self.text, self.audience = wording.title, wording.text, wording.audience
        self.version += 1
        self.changed_at, self.changed_by = now, by.id
        db.session.add(self)
        db.session.flush()
        db.session.add(
            PageVersion(
                page_id=self.id,
                number=self.version,
                slug=self.slug,
                title=self.title,
                text=self.text,
                written_at=now,
                written_by=by.id,
            )
        )
        db.session.flush()

    def _go(self, state: str, *from_: str, by: Actor, verb: str) -> None:
        self._lock_here(*from_)
        record(verb, self, by=by, from_=self.state, to=state, title=self.title)
        shows = "published" in (self.state, state)
        self.state = state
        db.session.flush()
        if shows:
            _count_published()

    def _lock_here(self, *states: str) -> None:
        _lock()
        db.session.refresh(self)
        if self.state not in states:
            raise PageMoved


class PageVersion(TenantRow, Base):
    """What a page said once."""

    __tablename__ = "page_versions"
    __table_args__ = (
        tenant_key("page_id", "pages", ondelete="CASCADE"),
        tenant_key("written_by", "members"),
        UniqueConstraint("tenant_id", "page_id", "number"),
        Index("page_versions_slug_idx", "tenant_id", "slug"),
    )

    page_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    slug: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    written_by: Mapped[UUID | None]


def all_pages(*, removed: bool = False) -> list[Page]:
    """Return the tenant's pages in their order, or those that were removed."""
    state = Page.state == "removed" if removed else Page.state != "removed"
    return list(db.session.scalars(select(Page).where(scoped(Page), state).order_by(Page.position, Page.id)))


def free_slug(wanted: str, *, but: UUID) -> str:
    """Return an address that no other page has, as close to what is wanted as can be."""
    taken: Sequence[str] = db.session.scalars(
        select(Page.slug).where(scoped(Page), Page.state != "removed", Page.slug.startswith(wanted), Page.id != but)
    ).all()
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def _refuse_too_many() -> None:
    if len(all_pages()) >= MOST_PAGES:
        raise TooManyPages


def _lock() -> None:
    # One leader at a time: order, addresses and the number of pages are of all of them together.
    db.session.execute(select(Tenant.id).where(Tenant.id == current_tenant_id()).with_for_update(key_share=True))


def _count_published() -> None:
    """Let the tenant's own row tell whether there is anything to look up for the foot of each page."""
    number = select(func.count()).select_from(Page).where(scoped(Page), Page.state == "published").scalar_subquery()
    counted = update(Tenant).where(Tenant.id == current_tenant_id()).values(page_count=number)
    db.session.execute(counted.execution_options(synchronize_session=False))
