"""What a category's leaders put on its front page: news, and a list of what is worth reading."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.categories.dissolving import hand_on, when_dissolved
from app.categories.models import Category
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key

#: So much can be worth reading; more is read by nobody.
MOST = 20


class ListFull(Conflict):
    message = _l("There are %(most)s entries, which is as many as there can be. Take one out first.", most=MOST)


class CategoryPost(TenantRow, Base):
    """A short piece of news of a category. `for_hall` offers it to the marketplace's front page."""

    __tablename__ = "category_posts"
    shown_in = ("hall",)
    __table_args__ = (
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        tenant_key("author_id", "members"),
        Index(
            "category_posts_newest_idx",
            "tenant_id",
            "category_id",
            text("posted_at DESC"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    category_id: Mapped[UUID]
    author_id: Mapped[UUID]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(server_default="")
    for_hall: Mapped[bool] = mapped_column(server_default="false")
    posted_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    @classmethod
    def post(
        cls, category: Category, *, title: str, text: str, for_hall: bool, by: Actor, now: datetime
    ) -> "CategoryPost":
        """Return a new piece of news, which everybody who sees the category can read at once."""
        words = {"title": title, "text": text, "for_hall": for_hall}
        post = cls(category_id=category.id, author_id=by.id, posted_at=now, **words)
        db.session.add(post)
        category.note("post_news", by, title=title)
        return post

    def revise(self, category: Category, *, title: str, text: str, for_hall: bool, by: Actor) -> None:
        """Let it say something else."""
        self.title, self.text, self.for_hall = title, text, for_hall
        category.note("revise_news", by, title=title)

    def remove(self, category: Category, *, by: Actor, now: datetime) -> None:
        """Take it away; who did is written down."""
        self.removed_at = now
        category.note("remove_news", by, title=self.title)


class Reading(TenantRow, Base):
    """Something worth reading, and why: a link, or a page of the marketplace's own."""

    __tablename__ = "category_readings"
    shown_in = ("hall",)
    __table_args__ = (
        tenant_key("category_id", "categories", ondelete="CASCADE"),
        tenant_key("page_id", "pages", ondelete="CASCADE"),
        CheckConstraint("(page_id IS NULL) = (url <> '')", name="leads_to_one_place"),
        Index("category_readings_category_idx", "tenant_id", "category_id", "id"),
    )

    category_id: Mapped[UUID]
    title: Mapped[str]
    url: Mapped[str] = mapped_column(server_default="")
    page_id: Mapped[UUID | None]
    why: Mapped[str] = mapped_column(server_default="")

    @classmethod
    def recommend(
        cls, category: Category, *, title: str, why: str, by: Actor, url: str = "", page_id: UUID | None = None
    ) -> "Reading":
        """Return a new entry at the end of the list.

        :raises ListFull: when there are as many as there can be.
        """
        counted = select(func.count()).select_from(cls).where(scoped(cls), cls.category_id == category.id)
        if (db.session.scalar(counted) or 0) >= MOST:
            raise ListFull
        entry = cls(category_id=category.id, title=title, url=url, page_id=page_id, why=why)
        db.session.add(entry)
        category.note("recommend", by, title=title)
        return entry

    def take_out(self, category: Category, *, by: Actor) -> None:
        """Take it off the list."""
        category.note("take_out", by, title=self.title)
        db.session.delete(self)


@when_dissolved
def _hand_on_board(category: Category, into: Category, by: Actor) -> None:
    for rows in (CategoryPost, Reading):
        hand_on(rows, category, into, "id")
