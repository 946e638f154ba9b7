"""Reading who thanked whom: a member's as one value beside their row, and all of it for the two themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, func, literal_column, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.core.paging import Keyset, Page
from app.kudos.models import OWN, REASONS, Kudos
from app.profiles.people import Person, as_person
from tenants.isolation import scoped
from tenants.models import Member

#: How many a page shows of those that everybody may read.
NEWEST = 4
_GIVERS: Any = Member.__table__.alias("givers")
IS_SHOWN = (Kudos.state == literal_column("'shown'"), Kudos.withheld_at.is_(None), text("givers.standing = 'active'"))
_JOIN = and_(_GIVERS.c.tenant_id == Kudos.tenant_id, _GIVERS.c.id == Kudos.author_id)
_MEMBER: Any = bindparam("member_id", type_=Uuid())


def newest_as_json(*others: Any) -> tuple[Any, Any]:
    """Return a select of the newest thanks that are shown, to be narrowed down, and what makes one value of it; `others`
    are columns beside those that `Thanks` has.
    """
    newest = (
        select(Kudos.id, Kudos.reason, Kudos.text, Kudos.given_at)
        .add_columns(_GIVERS.c.id.label("author_id"), _GIVERS.c.name, _GIVERS.c.hue, _GIVERS.c.picture, *others)
        .join(_GIVERS, _JOIN)
        .where(*IS_SHOWN)
        .order_by(Kudos.given_at.desc(), Kudos.id.desc())
        .limit(literal_column(str(NEWEST)))
    )

    def as_json(narrowed: Any) -> Any:
        rows = narrowed.subquery("newest_thanks")
        pairs = [part for column in rows.c for part in (literal_column(f"'{column.name}'"), column)]
        ordered = aggregate_order_by(func.json_build_object(*pairs), rows.c.given_at.desc(), rows.c.id.desc())
        return select(func.json_agg(ordered)).select_from(rows).correlate(Member).scalar_subquery()

    return newest, as_json


_newest, _as_json = newest_as_json()
#: The newest thanks that everybody may read about a member, as one value beside their row.
KUDOS: Any = _as_json(
    _newest.where(Kudos.tenant_id == Member.tenant_id, Kudos.subject_id == Member.id).correlate(Member)
)


class Thanks(NamedTuple):
    """Thanks with whoever said them or is meant; their state is `withheld` where moderators keep them from being read."""

    id: UUID
    person: Person
    reason: str
    text: str
    state: str
    at: datetime
    whom: Person | None = None

    @property
    def words(self) -> str:
        return self.text or self.reason


def read(rows: Sequence[dict[str, Any]] | None) -> list[Thanks]:
    """Return what the database gave as one value."""
    return [
        Thanks(
            UUID(row["id"]),
            _person(row["author_id"], row["name"], row["hue"], row["picture"]),
            _reason(row["reason"]),
            row["text"],
            "shown",
            datetime.fromisoformat(row["given_at"]),
            _person(row["subject_id"], row["subject_name"]) if "subject_id" in row else None,
        )
        for row in rows or ()
    ]


def _reason(key: str) -> str:
    # Whoever chose none of the list said it in words.
    return "" if key == OWN else str(REASONS[key])


def _person(member_id: str, name: str, hue: int = 0, picture: str | None = None) -> Person:
    return Person(UUID(member_id), name, hue, picture, f"/people/{member_id}")


def _with(person: Any) -> Any:
    return (
        select(Kudos.id.label("kudos_id"), Kudos.reason, Kudos.text, Kudos.state, Kudos.given_at)
        .add_columns(Kudos.withheld_at)
        .add_columns(Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count)
        .join(Member, and_(Member.tenant_id == Kudos.tenant_id, Member.id == person))
        .where(scoped(Kudos), Kudos.state != literal_column("'taken_back'"), text("members.standing = 'active'"))
    )


_RECEIVED = Keyset(
    _with(Kudos.author_id).where(Kudos.subject_id == _MEMBER, Kudos.withheld_at.is_(None)),
    by=("given_at", "kudos_id"),
    descending=True,
)
_GIVEN = Keyset(_with(Kudos.subject_id).where(Kudos.author_id == _MEMBER), by=("given_at", "kudos_id"), descending=True)


def received(member_id: UUID, *, at: str | None = None) -> Page[Thanks]:
    """Return a page of what a member was thanked for, for themselves, the newest first."""
    page = _RECEIVED.page(at, member_id=member_id)
    return Page([_thanks(row) for row in page], page.next, page.previous)


def given(member_id: UUID, *, at: str | None = None) -> Page[Thanks]:
    """Return a page of the thanks that a member said, the newest first, with whom they are about."""
    page = _GIVEN.page(at, member_id=member_id)
    return Page([_thanks(row) for row in page], page.next, page.previous)


def _thanks(row: Any) -> Thanks:
    state = "withheld" if row.withheld_at else row.state
    return Thanks(row.kudos_id, as_person(row), _reason(row.reason), row.text, state, row.given_at)
