"""Categories within categories, one level deep: what a parent holds is its children's work as well as its own."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Mapped

from app.core.database import db
from app.core.errors import Invalid
from app.core.languages import lazy_gettext as _l
from tenants.isolation import scoped


class WrongParent(Invalid):
    message = _l("Choose a category that is on the list and within no other itself.")


class HasChildren(Invalid):
    message = _l("Others are within this category: it can be within none itself.")


class Nested:
    """What a category has of its place: the category that it is within, if any."""

    id: Any
    parent_id: Mapped[UUID | None]
    archived_at: Any

    def put_under(self, parent_id: UUID | None) -> None:
        """Let it be within another category, or (None) stand by itself.

        :raises WrongParent: when the other is not on the list, or is within another.
        :raises HasChildren: when others are within this one.
        """
        if parent_id is not None:
            self._refuse_wrong(parent_id)
        self.parent_id = parent_id

    def let_children_go(self, into: "Nested | None" = None) -> None:
        """Let what is within it be within another instead, or stand by itself where that is within another too."""
        model = cast(Any, type(self))
        home = into.id if into is not None and into.parent_id is None else None
        db.session.execute(update(model).where(scoped(model), model.parent_id == self.id).values(parent_id=home))
        if into is not None and into.parent_id == self.id:
            into.parent_id = None

    def _refuse_wrong(self, parent_id: UUID) -> None:
        model = cast(Any, type(self))
        # Both stay as they are until this is settled: two categories could otherwise be put within each other at once.
        both = select(model).where(scoped(model), model.id.in_([parent_id, self.id]))
        found = {one.id: one for one in db.session.scalars(both.order_by(model.id).with_for_update())}
        parent = found.get(parent_id)
        if parent is None or parent_id == self.id or parent.parent_id is not None or parent.archived_at is not None:
            raise WrongParent
        if db.session.scalars(select(model.id).where(scoped(model), model.parent_id == self.id).limit(1)).first():
            raise HasChildren


def in_their_order(rows: Any, place: Callable[[Any], Any] = lambda row: row.parent_id) -> list[Any]:
    """Return rows of categories with those within another right after it, each group in the order given. Whose parent is not
    among them stands by itself.
    """
    rows = list(rows)
    known = {row.id for row in rows}
    within: dict[UUID | None, list[Any]] = {}
    for row in rows:
        within.setdefault(place(row) if place(row) in known else None, []).append(row)
    return [one for top in within.get(None, []) for one in (top, *within.get(top.id, []))]
