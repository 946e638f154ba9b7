"""Pages of what answers a question best, that neither repeat nor skip a row while things come, go and change.

A cursor carries what the page before was measured with, and the score and id of its last row: whatever is found anew is measured
alike, as of the same moment, and goes on after them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.core.paging import Cursor, Page, Side

if TYPE_CHECKING:
    from app.search.matching import Answer

_KINDS = (datetime, str, int, UUID)
_WRITTEN = re.compile(r"(all|most|any):((?:\d{1,5}\.)*\d{1,5})?:((?:\d{1,5}\.)*\d{1,5})?", re.ASCII)
_FIRST, _LAST = UUID(int=0), UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Scale:
    """What an answer is measured with: its moment, how rare each term is, in thousandths, and the way it was found: by what says
    `all` of it, then `most` of it, or `any` of it. Without a way it is the first page's, and nothing is settled yet.
    """

    moment: datetime
    way: str = ""
    strict: tuple[int, ...] = ()
    loose: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.way}:{_joined(self.strict)}:{_joined(self.loose)}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place among answers: after or before a row, by its score and id."""

    side: Side
    scale: Scale
    score: int
    id: UUID

    @classmethod
    def read(cls, at: str | None) -> "Place | None":
        """Return the place that an address names; None when there is none, or it was tampered with or is of another list."""
        cursor = Cursor.read(at, _KINDS)
        if cursor is None:
            return None
        moment, written, score, row_id = cursor.key
        found = _WRITTEN.fullmatch(str(written))
        if found is None:
            return None
        scale = Scale(moment, found[1], _parted(found[2]), _parted(found[3]))  # type: ignore[arg-type]
        return cls(cursor.side, scale, score, row_id)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return str(Cursor(self.side, (self.scale.moment, str(self.scale), self.score, self.id)))

    def among(self, answer: "Answer") -> str:
        """Return the cursor of the same place by the number of a row among what answers now."""
        keys = [(-score, -one.int) for score, one in zip(answer.scores, answer.ids, strict=True)]
        key = (-self.score, -self.id.int)
        if self.side == "after":
            return str(Cursor("after", (bisect_right(keys, key), _LAST)))
        else:
            return str(Cursor("before", (bisect_left(keys, key) + 1, _FIRST)))


def page_of(answer: "Answer", at: str | None, read: Callable[[str | None], Page[Any]]) -> Page[Any]:
    """Return a page of rows that stand as `answer.ids` do.

    :param read: gives the page at a cursor of a row's number among those ids, from 1, and its id.
    """
    place = Place.read(at)
    page = read(place.among(answer) if place else None)
    scores = dict(zip(answer.ids, answer.scores, strict=True))

    def beside(side: Side, rows: Sequence[Any], number: int) -> str | None:
        if not rows or answer.scale is None:
            return None
        row_id = rows[number].id
        return str(Place(side, answer.scale, scores[row_id], row_id))

    return replace(
        page,
        next=beside("after", page.items, -1) if page.next else None,
        previous=beside("before", page.items, 0) if page.previous else None,
    )


def _joined(numbers: Sequence[int]) -> str:
    return ".".join(map(str, numbers))


def _parted(written: str | None) -> tuple[int, ...]:
    # Nothing divides by what somebody wrote there.
    return tuple(max(1, int(one)) for one in written.split(".")) if written else ()
