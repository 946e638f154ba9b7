"""What somebody asks the listing for: the words of its URL, read kindly and written back, so that every list can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal
from urllib.parse import quote_plus

from app.fields.filtering import Condition, asks_in
from app.gigs.models import DIRECTIONS, GIG_KINDS, SETTLEMENTS
from app.search.question import Question

Where = Literal["remote", "onsite"]

#: The choices of filters that have few, as they stand in a URL. Amounts are in the marketplace's own currency, hours are a
#: week's; `DUE` says within how many days.
PAY = ("fixed-100", "fixed-500", "fixed-1000", "hourly-25", "hourly-50", "hourly-75")
HOURS = ("5", "10", "20")
DUE = {"week": 7, "month": 31}
ROOM = ("free",)
#: How far around a place a list can reach, in kilometres.
WITHIN = ("5", "10", "25", "50", "100")

_KNOWN = {
    "direction": DIRECTIONS,
    "kind": GIG_KINDS,
    "settlement": SETTLEMENTS,
    "where": ("remote", "onsite"),
    "pay": PAY,
    "hours": HOURS,
    "due": tuple(DUE),
    "room": ROOM,
    "within": WITHIN,
    "known": ("yes",),
    "sort": ("fit", "newest", "due", "pay", "near"),
}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Search:
    """One question to the listing. None stands for “any”; `q` are words as they were typed (see `app.search.question`), `near`
    is a place that distances are measured from, `within` how many kilometres the list reaches around it; `known` keeps to
    people whom the member who asks knows; `asks` what a category's own fields must hold (`app.fields.filtering`).
    """

    q: str | None = None
    direction: str | None = None
    kind: str | None = None
    category: str | None = None
    settlement: str | None = None
    where: str | None = None
    place: str | None = None
    skill: str | None = None
    pay: str | None = None
    hours: str | None = None
    due: str | None = None
    room: str | None = None
    near: str | None = None
    within: str | None = None
    known: str | None = None
    asks: str | None = None
    sort: str | None = None
    at: str | None = None
    #: What `asks` means to whoever looks: not in the address, but looked up (`app.gigs.finding`).
    conditions: tuple[Condition, ...] = ()

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Search":
        """Return the question of a URL. What cannot be meant is left out: an old link still shows a list."""
        words = {"q": text} if (text := Question.read(asked.get("q")).text) else {}
        for field in fields(cls)[1:-1]:
            word = asked.get(field.name, "").strip()
            known = _KNOWN.get(field.name)
            if word and "\0" not in word and len(word) <= _LONGEST and (known is None or word in known):
                words[field.name] = word
        if "near" not in words:
            words.pop("within", None)
        words.pop("asks", None)
        if "category" in words and (asks := asks_in(asked)) is not None:
            words["asks"] = asks
        return cls(**words)

    @property
    def filters(self) -> dict[str, str]:
        """Return what narrows the list down, without order and place in it."""
        return {name: value for name in _FILTERS if (value := getattr(self, name)) is not None}

    @property
    def order(self) -> str:
        """Return `fit` (the best answer first), `newest`, `due`, `pay` or `near`. Without words nothing fits better than
        another, without a place nothing is nearer.
        """
        usual = "fit" if self.q is not None else "near" if self.near is not None else "newest"
        if self.sort is None or (self.sort == "fit" and self.q is None) or (self.sort == "near" and self.near is None):
            return usual
        else:
            return self.sort

    @property
    def words(self) -> dict[str, str | None]:
        """Return what its query string says, from the first page of the list."""
        return {"q": self.q, **self.filters, "sort": self.sort}

    def query(self, **changes: str | None) -> str:
        """Return the query string of this question with some words changed, from its first page unless `at` is given."""
        return query({**self.words, **changes})


def query(words: Mapping[str, str | None]) -> str:
    """Return a query string in the usual order of words: one question has one address."""
    pairs = [f"{name}={quote_plus(word)}" for name in _NAMES if (word := words.get(name)) is not None]
    return f"?{'&'.join(pairs)}" if pairs else ""


_FILTERS = (
    "direction", "kind", "category", "settlement", "where", "place", "skill", "pay", "hours", "due", "room", "near", "within",
    "known", "asks",
)  # fmt: skip
_NAMES = ("q", *_FILTERS, "sort", "at")
