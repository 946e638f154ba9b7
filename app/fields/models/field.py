"""The fields of a category, and what its leaders do with them: ask, rename, order, retire."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.activity.recording import record
from app.categories.models import Category
from app.core.database import Base, db
from app.fields.failures import MOST_FIELDS, MOST_OPTIONS, FieldTaken, TooManyFields, TooManyOptions, WouldReveal
from app.fields.kinds import KINDS, VISIBILITIES, is_wider
from app.fields.models.answer import GigFieldValue
from app.fields.models.option import FieldOption
from tenants.context import Actor
from tenants.isolation import TenantRow, scoped, tenant_key
from tenants.models import one_of
from tenants.names import slug_from


class CategoryField(TenantRow, Base):
    """One thing that a category's leaders ask of its gigs. `least` and `most` bound a number, in hundredths; `many` lets several
    choices be picked. A retired field stays on the gigs that answered it and is asked no more.
    """

    __tablename__ = "category_fields"
    shown_in = ("gigs",)
    __table_args__ = (
        tenant_key("category_id", "categories"),
        UniqueConstraint("tenant_id", "category_id", "slug"),
        CheckConstraint(one_of("kind", tuple(KINDS)), name="kind_known"),
        CheckConstraint(one_of("visibility", tuple(VISIBILITIES)), name="visibility_known"),
        CheckConstraint("least IS NULL OR most IS NULL OR least <= most", name="bounds_in_order"),
        Index("category_fields_order_idx", "tenant_id", "category_id", "position", "id"),
    )

    category_id: Mapped[UUID]
    slug: Mapped[str]
    name: Mapped[str]
    help: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str]
    many: Mapped[bool] = mapped_column(server_default="false")
    required: Mapped[bool] = mapped_column(server_default="false")
    visibility: Mapped[str] = mapped_column(server_default="public")
    unit: Mapped[str] = mapped_column(server_default="")
    least: Mapped[int | None] = mapped_column(BigInteger)
    most: Mapped[int | None] = mapped_column(BigInteger)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    @classmethod
    def ask(cls, category: Category, *, by: Actor, now: datetime, options: Iterable[str] = (), **columns: Any) -> Self:
        """Return a new field at the end of what a category asks, with its choices.

        :raises TooManyFields: when it asks as much as can be.
        :raises FieldTaken: when another is called that.
        """
        # Two leaders at once are one after the other.
        db.session.refresh(category, with_for_update=True)
        others = _fields_of(category.id)
        if sum(one.retired_at is None for one in others) >= MOST_FIELDS:
            raise TooManyFields
        _refuse_taken(columns["name"], others)
        field = cls(
            category_id=category.id,
            slug=free_slug(columns["name"], {one.slug for one in others}, "field"),
            position=max((one.position for one in others), default=0) + 1,
            created_at=now,
            **columns,
        )
        db.session.add(field)
        # Pages of a category that asks nothing need not look for what it asks.
        category.field_count += 1
        db.session.flush()
        field.add_options(options)
        field._note("ask", by)
        return field

    def revise(self, changes: Mapping[str, Any], *, by: Actor) -> None:
        """Change its name, help, bounds, who sees it and whether it must be answered; answers stay as they are.

        :raises WouldReveal: when more people would see what was answered before.
        :raises FieldTaken: when another is called that.
        """
        changed = {name: value for name, value in changes.items() if getattr(self, name) != value}
        if "visibility" in changed and is_wider(changed["visibility"], self.visibility) and self.was_answered:
            raise WouldReveal
        if "name" in changed:
            self._lock()
            _refuse_taken(changed["name"], [one for one in _fields_of(self.category_id) if one is not self])
        for name, value in changed.items():
            setattr(self, name, value)
        if changed:
            self._note("edit", by, changed=sorted(changed))

    def retire(self, *, by: Actor, now: datetime) -> None:
        """Ask it no more; gigs that answered it go on showing it."""
        if self.retired_at is None:
            self.retired_at = now
            self._note("retire", by)

    def restore(self, *, by: Actor) -> None:
        """Ask it again.

        :raises TooManyFields: when as much is asked as can be.
        :raises FieldTaken: when another is called that by now.
        """
        self._lock()
        if self.retired_at is not None:
            others = _fields_of(self.category_id)
            if sum(one.retired_at is None for one in others) >= MOST_FIELDS:
                raise TooManyFields
            _refuse_taken(self.name, others)
            self.retired_at = None
            self._note("restore", by)

    def move(self, *, up: bool) -> None:
        """Change places with the field before it, or after it; one that is asked no more has none."""
        if self.is_retired:
            return
        asked = [one for one in _fields_of(self.category_id) if one.retired_at is None]
        at = asked.index(self) + (-1 if up else 1)
        if 0 <= at < len(asked):
            asked.remove(self)
            asked.insert(at, self)
            for position, one in enumerate(asked, start=1):
                one.position = position

    def add_options(self, names: Iterable[str]) -> None:
        """Let further words be chosen; what is among the choices already is not added again.

        :raises TooManyOptions: when there are more than a list can have.
        """
        there = db.session.scalars(
            select(FieldOption).where(scoped(FieldOption), FieldOption.field_id == self.id)
        ).all()
        known = {one.name.casefold(): one for one in there}
        slugs, position = {one.slug for one in there}, max((one.position for one in there), default=0)
        for name in names:
            if (same := known.get(name.casefold())) is not None:
                same.retired_at = None
                continue
            position += 1
            slug = free_slug(name, slugs, "choice")
            known[name.casefold()] = FieldOption(field_id=self.id, slug=slug, name=name, position=position)
            slugs.add(slug)
            db.session.add(known[name.casefold()])
        if sum(one.retired_at is None for one in known.values()) > MOST_OPTIONS:
            raise TooManyOptions
        db.session.flush()

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def was_answered(self) -> bool:
        """Whether any gig has an answer to it."""
        answered = select(GigFieldValue.gig_id).where(scoped(GigFieldValue), GigFieldValue.field_id == self.id)
        return db.session.scalars(answered.limit(1)).first() is not None

    def _lock(self) -> None:
        # Two leaders at once are one after the other, as in `ask`; and each reads what the other did.
        key = (self.tenant_id, self.category_id)
        db.session.get_one(Category, key, with_for_update=True, populate_existing=True)

    def _note(self, verb: str, by: Actor, **facts: Any) -> None:
        record(verb, self, by=by.id, kind="field", name=self.name, category=self.category_id, **facts)


def free_slug(name: str, taken: set[str], otherwise: str) -> str:
    """Return a word for addresses that is not taken: it stays when the name changes, so that links go on working."""
    wanted = slug_from(name)[:40].strip("-") or otherwise
    candidates = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)


def _fields_of(category_id: UUID) -> list[CategoryField]:
    of_category = select(CategoryField).where(scoped(CategoryField), CategoryField.category_id == category_id)
    return list(db.session.scalars(of_category.order_by(CategoryField.position, CategoryField.id)))


def _refuse_taken(name: str, others: Iterable[CategoryField]) -> None:
    if any(one.name.casefold() == name.casefold() for one in others if one.retired_at is None):
        raise FieldTaken
