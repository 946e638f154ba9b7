"""Reading what members say of each other."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Uuid, and_, bindparam, literal_column, select, text

from app.core.database import db
from app.core.reading import Reading
from app.profiles.people import Person, as_person
from app.vouching.models import RELATIONS, Vouch
from tenants.isolation import scoped
from tenants.models import Member

MOST = 6
_PERSON = (Member.id, Member.name, Member.hue, Member.picture, Member.standing, Member.finished_count)
_MEMBER: Any = bindparam("member_id", type_=Uuid())
_WORDS = (Vouch.id.label("vouch_id"), Vouch.relation, Vouch.text, Vouch.state, Vouch.written_at)


def _with(person: Any) -> Any:
    """Return the words with whoever wrote them or is meant, the newest first."""
    return (
        select(*_WORDS, *_PERSON)
        .join(Member, and_(Member.tenant_id == Vouch.tenant_id, Member.id == person))
        .where(scoped(Vouch), text("members.standing = 'active'"))
        .order_by(Vouch.written_at.desc(), Vouch.id)
    )


_SHOWN = Reading(
    _with(Vouch.author_id)
    .where(Vouch.subject_id == _MEMBER, Vouch.state == literal_column("'shown'"), Vouch.withheld_at.is_(None))
    .limit(literal_column(str(MOST)))
)
_ABOUT = _with(Vouch.author_id).where(Vouch.subject_id == _MEMBER)
_BY = _with(Vouch.subject_id).where(Vouch.author_id == _MEMBER)


class Words(NamedTuple):
    """What somebody said, with whoever said it or is meant."""

    id: UUID
    person: Person
    relation: str
    text: str
    state: str
    at: Any

    @property
    def as_review(self) -> dict[str, Any]:
        """The words as the component `review` takes them."""
        return {"author": self.person, "text": self.text, "about": self.relation, "at": self.at}


def shown_about(member_id: UUID) -> list[Words]:
    """Return the newest of what everybody may read about a member."""
    return [_words(row) for row in _SHOWN.rows(member_id=member_id)]


def said_about(member_id: UUID) -> list[Words]:
    """Return everything that was said of a member, for themselves."""
    return _all(_ABOUT, member_id)


def said_by(member_id: UUID) -> list[Words]:
    """Return what a member said of others, with whom it is about."""
    return _all(_BY, member_id)


def _all(statement: Any, member_id: UUID) -> list[Words]:
    rows: Sequence[Row[Any]] = db.session.execute(statement, {"member_id": member_id}).all()
    return [_words(row) for row in rows]


def _words(row: Any) -> Words:
    return Words(row.vouch_id, as_person(row), str(RELATIONS[row.relation][1]), row.text, row.state, row.written_at)
