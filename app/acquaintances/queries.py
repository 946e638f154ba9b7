"""Who knows whom, read by one indexed statement each; and the same as parts of others' statements.

Acquaintance gives nobody the right to see anything: whoever lists gigs or people by it asks their own rule of audience too.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.acquaintances.models import Acquaintance
from app.core.reading import Reading
from tenants.isolation import scoped

_Mine, _Theirs = aliased(Acquaintance), aliased(Acquaintance)
_MEMBER: Any = bindparam("member_id", type_=Uuid())


class Tie(NamedTuple):
    """What joins a member to another: agreements finished together, which of the two asked the other in, how many of the
    member's acquaintances have worked with the other, how many vouch for them, and whether one of the two vouches for the other.
    """

    together: int = 0
    inviter_id: UUID | None = None
    in_common: int = 0
    vouchers: int = 0
    is_vouched: bool = False

    @classmethod
    def of(cls, row: Any) -> "Tie":
        """Return the tie that the columns of `tie_columns` tell."""
        return cls(*(getattr(row, name) for name in cls._fields))

    @property
    def is_known(self) -> bool:
        """Whether the two know each other themselves."""
        return self.together > 0 or self.inviter_id is not None or self.is_vouched


def ids_known_to(member: Any) -> Select[tuple[UUID]]:
    """Return the SELECT of the ids of everybody whom a member (an id, a column or a parameter) knows."""
    return select(Acquaintance.other_id).where(scoped(Acquaintance), Acquaintance.member_id == member)


def is_known_to(member: Any, other: Any) -> ColumnElement[bool]:
    """Return the predicate that `other`, a column of ids, is somebody whom a member knows: read once for the whole statement,
    as an array.
    """
    return other == any_(func.array(ids_known_to(member).scalar_subquery()))


def tie_columns(member: Any, other: Any) -> tuple[Any, ...]:
    """Return the columns of a `Tie` between a member (a parameter) and another (a column), for a statement about the other,
    each by its name there.
    """
    pair = (scoped(Acquaintance), Acquaintance.member_id == member, Acquaintance.other_id == other)
    together = _alone(select(Acquaintance.worked).where(*pair))
    inviter = _alone(select(Acquaintance.inviter_id).where(*pair))
    vouched = _alone(select(or_(Acquaintance.vouches, Acquaintance.vouched)).where(*pair))
    return (
        func.coalesce(together, 0).label("together"),
        inviter.label("inviter_id"),
        _common(member, other).label("in_common"),
        _alone(select(func.count()).select_from(_Mine, _Theirs).where(*_between(member, other), _Theirs.vouched)).label(
            "vouchers"
        ),
        func.coalesce(vouched, false()).label("is_vouched"),
    )


def known_to(member_id: UUID) -> frozenset[UUID]:
    """Return the ids of everybody whom a member knows."""
    return frozenset(row.other_id for row in _KNOWN.rows(member_id=member_id))


def ties(member_id: UUID, other_ids: Iterable[UUID]) -> dict[UUID, Tie]:
    """Return what joins a member to each of others; those to whom nothing does are left out."""
    rows = _TIES.rows(member_id=member_id, others=sorted({*other_ids} - {member_id}))
    found = {row.id: Tie.of(row) for row in rows}
    return {other_id: tie for other_id, tie in found.items() if tie != Tie()}


def in_common(member_id: UUID, other_id: UUID) -> frozenset[UUID]:
    """Return the ids of those whom a member knows and with whom another has worked."""
    return frozenset(row.other_id for row in _IN_COMMON.rows(member_id=member_id, other=other_id))


def second_degree(member_id: UUID) -> int:
    """Return how many members are known to people whom a member knows, and not to the member."""
    row = _SECOND.one_or_none(member_id=member_id)
    return row.how_many if row else 0


def _shared(member: Any, other: Any) -> tuple[Any, ...]:
    """Return what asks for a pair of rows: the member knows somebody with whom the other has worked."""
    return (*_between(member, other), _Theirs.worked > 0)


def _between(member: Any, other: Any) -> tuple[Any, ...]:
    """Return what asks for a pair of rows: the member knows somebody who knows the other."""
    return (
        scoped(_Mine),
        _Mine.member_id == member,
        _Theirs.tenant_id == _Mine.tenant_id,
        _Theirs.member_id == other,
        _Theirs.other_id == _Mine.other_id,
    )


def _common(member: Any, other: Any) -> ScalarSelect[int]:
    return _alone(select(func.count()).select_from(_Mine, _Theirs).where(*_shared(member, other)))


def _alone(statement: Select[Any]) -> ScalarSelect[Any]:
    """Return a statement as one value, which reads its own tables whatever stands around it."""
    return statement.correlate_except(Acquaintance, _Mine, _Theirs).scalar_subquery()


_OTHER: Any = func.unnest(bindparam("others", type_=ARRAY(Uuid()))).column_valued("other")
_KNOWN = Reading(ids_known_to(_MEMBER))
_TIES = Reading(select(_OTHER.label("id"), *tie_columns(_MEMBER, _OTHER)))
_IN_COMMON = Reading(select(_Mine.other_id).where(*_shared(_MEMBER, bindparam("other", type_=Uuid()))))
_SECOND = Reading(
    select(func.count(_Theirs.other_id.distinct()).label("how_many"))
    .select_from(_Mine)
    .join(_Theirs, and_(_Theirs.tenant_id == _Mine.tenant_id, _Theirs.member_id == _Mine.other_id))
    .where(scoped(_Mine), _Mine.member_id == _MEMBER, _Theirs.other_id != _MEMBER)
    .where(
        ~exists()
        .where(scoped(Acquaintance), Acquaintance.member_id == _MEMBER, Acquaintance.other_id == _Theirs.other_id)
        .correlate(_Theirs)
    )
)
