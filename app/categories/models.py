"""Fields of work in a tenant, and its skill vocabulary."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, Text, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.categories.nesting import Nested
from app.core import clock
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from tenants.context import Actor
from tenants.isolation import TenantLink, TenantRow, scoped, tenant_key
from tenants.models import one_of
from tenants.names import slug_from
from tenants.versions import touch

POSTING_RULES = ("open", "reviewed", "experts")


class LastCategory(Conflict):
    message = _l("This is the last category. Add another before you archive it.")


class Category(Nested, TenantRow, Base):
    """A field of work with leaders, experts and a charter of three parts: what belongs here (`charter`), what good work is
    (`standards`) and what is usual to pay (`rates`). It may be within another.

    `posting_rule` says whose gigs go live at once: anybody's (`open`), its leaders' (`reviewed`), or its leaders' and
    experts' (`experts`); everybody else's are looked at first.
    """

    __tablename__ = "categories"
    shown_in = ("gigs", "people", "hall")
    __table_args__ = (
        tenant_key("parent_id", "categories"),
        tenant_key("into_id", "categories"),
        UniqueConstraint("tenant_id", "slug"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("into_id IS NULL OR archived_at IS NOT NULL", name="dissolved_is_off_the_list"),
        CheckConstraint(one_of("posting_rule", POSTING_RULES), name="posting_rule_known"),
        Index("categories_order_idx", "tenant_id", "position", "id"),
        Index("categories_parent_idx", "tenant_id", "parent_id"),
    )

    slug: Mapped[str]
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(server_default="")
    charter: Mapped[str] = mapped_column(server_default="")
    standards: Mapped[str] = mapped_column(server_default="")
    rates: Mapped[str] = mapped_column(server_default="")
    # How somebody becomes part of it.
    joining: Mapped[str] = mapped_column(server_default="")
    emblem: Mapped[str] = mapped_column(server_default="")
    posting_rule: Mapped[str] = mapped_column(server_default="open")
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    # How many fields of its own it has, those too that are asked no more (`app.fields`).
    field_count: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    archived_at: Mapped[datetime | None]
    # Where everything went that it held, once it is no more: its address leads there.
    into_id: Mapped[UUID | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @classmethod
    def add(cls, *, by: Actor, name: str, **columns: Any) -> "Category":
        """Return a new category at the end of the list, at an address made from its name."""
        last = db.session.scalar(select(func.max(cls.position)).where(scoped(cls)))
        wanted = {"position": (last or 0) + 1} | {key: value for key, value in columns.items() if value is not None}
        category = cls(slug=_free_slug(name), name=name, created_at=clock.now(), **wanted)
        parent_id, category.parent_id = category.parent_id, None
        db.session.add(category)
        db.session.flush()
        category.put_under(parent_id)
        category.note("add", by)
        return category

    def revise(self, changes: Mapping[str, Any], *, by: Actor) -> None:
        """Change its name, words, rule or place in the list. Its address stays, so that links go on working.

        :raises WrongParent: when it would be within a category that can hold none.
        :raises HasChildren: when it holds others, and would be within one.
        """
        changed = {name: value for name, value in changes.items() if getattr(self, name) != value}
        if "parent_id" in changed:
            self.put_under(changed["parent_id"])
        for name, value in changed.items():
            setattr(self, name, value)
        if changed:
            self.note("edit", by, changed=sorted(changed))

    def archive(self, *, by: Actor) -> None:
        """Take it off the list: nothing new is posted in it. What is within it stands by itself.

        :raises LastCategory: when no other is left.
        """
        others = select(Category.id).where(scoped(Category), Category.archived_at.is_(None), Category.id != self.id)
        if self.is_archived:
            return
        elif db.session.scalars(others.limit(1)).first() is None:
            raise LastCategory
        else:
            self.archived_at = clock.now()
            self.let_children_go()
            self.note("archive", by)

    def restore(self, *, by: Actor) -> None:
        """Put it back on the list. One that is no more stays away: others have what it held."""
        if self.is_archived and self.into_id is None:
            self.archived_at = None
            self.note("restore", by)

    def note(self, verb: str, by: Actor, **facts: Any) -> None:
        """Write down what somebody did with it."""
        record(verb, self, by=by.id, kind="category", name=self.name, **facts)
        touch("gigs", "hall")


class Skill(TenantRow, Base):
    """A word of the tenant's own skill vocabulary; `slug` is its folded form. Members bring words freely; a leader has looked
    at those with a `kept_at`.
    """

    __tablename__ = "skills"
    shown_in = ("gigs", "people")
    __table_args__ = (UniqueConstraint("tenant_id", "slug"),)

    slug: Mapped[str]
    name: Mapped[str]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    kept_at: Mapped[datetime | None]


class SkillName(TenantLink, Base):
    """What a skill is called as well: “js” is JavaScript. The skill's own name has a row among them; a skill of one name alone
    has none. `words` are those of the name as a search folds them: two names of the same words are one.
    """

    __tablename__ = "skill_names"
    shown_in = ("gigs", "people")
    __table_args__ = (
        tenant_key("skill_id", "skills", ondelete="CASCADE"),
        Index("skill_names_skill_idx", "tenant_id", "skill_id"),
    )

    words: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    skill_id: Mapped[UUID]
    name: Mapped[str]


def _free_slug(name: str) -> str:
    """Return an address that no category of the tenant has or had: names in other scripts make none of their own."""
    wanted = slug_from(name) or "category"
    taken = set(db.session.scalars(select(Category.slug).where(scoped(Category), Category.slug.startswith(wanted))))
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 2))]
    return next(slug for slug in candidates if slug not in taken)
