"""What waits at a category's desk: features declare their kinds here, the desk puts all of them into one queue.

    comes_to_the_desk(Matter(name="application", …, waiting=select(…).where(Application.category_id == AT_DESK)))

A matter's statement gives one row for each thing that waits, with the columns of `COLUMNS`; it should find the longest waiting
of a category by an index, since the desk reads one page of each kind and no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Uuid, bindparam

from tenants.context import Actor

#: The category whose desk it is, in the statements of matters.
AT_DESK: Any = bindparam("category_id", type_=Uuid())
#: Who looks (None: the clock), for what is not to be seen by whom it is about.
ONLOOKER: Any = bindparam("onlooker_id", type_=Uuid())

#: id: the thing's own, unlike that of any other kind; since: when it began to wait; title; who: the name of whose it is;
#: about_id: what its page is found by; holder_id: whose it is, or whose turn, where nobody does anything about their own by duty;
#: else null; note: words to quote.
COLUMNS = ("id", "since", "title", "who", "about_id", "holder_id", "note")


@dataclass(frozen=True, slots=True)
class Step:
    """What can be done about a row: a page to go to (`href`), or a single step (`action`)."""

    label: str
    href: str = ""
    action: str = ""
    #: The duty (`tenants.duties`) that it takes; empty: whoever sees the row may do it.
    duty: str = ""
    kind: str = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One kind of thing that waits.

    :ivar label: what they are called over the queue.
    :ivar says: what one row says of itself; `{who}` stands for the name.
    :ivar href: where a row leads, for whoever looks.
    :ivar duties: for whom it waits beside the category's leaders: whoever has one of these duties there.
    :ivar steps: what whoever looks can do about a row at once.
    """

    name: str
    label: str
    says: str
    waiting: Select[Any]
    href: Callable[[Any, Actor], str]
    duties: tuple[str, ...] = ()
    steps: Callable[[Any, Actor], Sequence[Step]] = lambda _row, _actor: ()


_matters: dict[str, Matter] = {}


def comes_to_the_desk(matter: Matter) -> Matter:
    """Let a kind of thing wait at the desks of categories.

    :raises ValueError: when another is called the same, or its statement has other columns.
    """
    if matter.name in _matters:
        raise ValueError(f"two matters are called {matter.name}")
    if tuple(column.key for column in matter.waiting.selected_columns) != COLUMNS:
        raise ValueError(f"the statement of {matter.name} has other columns than a desk reads")
    _matters[matter.name] = matter
    return matter


def matters() -> dict[str, Matter]:
    """Return every kind that can wait at a desk, by its name, in the order of their declaration."""
    return _matters
