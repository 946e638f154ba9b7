"""What somebody asks the directory for: the words of its URL, read kindly and written back, so that every list can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from app.search.question import Question

_LONGEST = 400
_KNOWN = {"free": ("now",), "where": ("remote", "onsite")}


@dataclass(frozen=True, slots=True)
class Search:
    """One question to the directory. None stands for “any”; `q` are words as they were typed, `field` is the slug of a
    category that somebody leads or is an expert in.
    """

    q: str | None = None
    skill: str | None = None
    free: str | None = None
    where: str | None = None
    place: str | None = None
    field: str | None = None
    at: str | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Search":
        """Return the question of a URL. What cannot be meant is left out: an old link still shows a list."""
        words = {"q": text} if (text := Question.read(asked.get("q")).text) else {}
        for field in fields(cls)[1:]:
            word = " ".join(asked.get(field.name, "").split())
            known = _KNOWN.get(field.name)
            if word and len(word) <= _LONGEST and word.isprintable() and (known is None or word in known):
                words[field.name] = word
        return cls(**words)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the place in the list was asked for."""
        return replace(self, at=None) != Search()

    @property
    def shape(self) -> tuple[str, ...]:
        """Return the names of the conditions in force: each combination has a statement of its own, built once."""
        names = [name for name in ("skill", "free", "place", "field") if getattr(self, name)]
        names += [f"where_{self.where}"] if self.where else []
        return (*names, "found") if self.q else tuple(names)

    @property
    def values(self) -> dict[str, str]:
        """Return the parameters of those conditions, but what the words find."""
        return {name: value for name in ("skill", "place", "field") if (value := getattr(self, name))}

    def query(self, **changes: str | None) -> str:
        """Return the query string of this question with some words changed, from its first page unless `at` is given."""
        changed = replace(self, **{"at": None, **changes})
        words = {field.name: value for field in fields(changed) if (value := getattr(changed, field.name)) is not None}
        return f"?{urlencode(words)}" if words else ""
