"""People as pages show them: a name, a face and a link; of those who left, only that they were here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from tenants.isolation import scoped
from tenants.models import Member

FORMER = _l("Former member")

_BY_ID = select(
    Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count, Member.time_zone
).where(scoped(Member), Member.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a page. `picture` names a kept one, `href` None where there is no page to go to."""

    id: UUID
    name: str
    hue: int = 0
    picture: str | None = None
    href: str | None = None
    finished_count: int = 0
    is_here: bool = True

    @property
    def first_name(self) -> str:
        """Return the name to speak of them in a sentence."""
        return self.name.split()[0] if self.is_here and self.name.split() else _("the other side")


def as_person(row: Any) -> Person:
    """Return a row with a member's id, name, hue, picture, standing and finished_count as a person."""
    if row.standing != "active":
        return Person(row.id, FORMER, is_here=False, finished_count=row.finished_count)
    return Person(
        row.id,
        row.name,
        row.hue,
        row.picture,
        f"/people/{row.id}",
        row.finished_count,
    )


def people(ids: Iterable[UUID | None]) -> dict[UUID, Person]:
    """Return the people with these ids, read in one statement."""
    wanted = {one for one in ids if one is not None}
    return {row.id: as_person(row) for row in db.session.execute(_BY_ID, {"ids": list(wanted)})} if wanted else {}


def person_or_404(member_id: UUID) -> Person:
    """Return an active member.

    :raises NotFound: when this tenant has none of that id.
    """
    person = people([member_id]).get(member_id)
    if person is None or not person.is_here:
        raise NotFound
    return person
