"""What counts how much when a gig and a member are matched: a closed set of whole numbers that every member may read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from app.core.errors import Invalid
from app.core.languages import lazy_gettext as _l

LEAST, MOST = 0, 10


class UnknownWeights(Invalid):
    message = _l("A weight is a whole number from 0 to 10.")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of a match counts, from 0 (not at all) to 10."""

    held: int
    wanted: int
    interest: int
    time: int
    place: int
    language: int
    field: int
    known: int
    fresh: int
    fair: int

    @classmethod
    def of_kind(cls, kind: str) -> Self:
        """Return what a marketplace of a kind begins with."""
        return cls(**_BEGINNINGS[kind])

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None, kind: str) -> Self:
        """Return stored weights; what is not among them, or cannot be one, is as at the beginning."""
        known = {name: value for name, value in (stored or {}).items() if name in NAMES and _is_weight(value)}
        return cls(**{**_BEGINNINGS[kind], **known})

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> Self:
        """Return weights as somebody set them.

        :raises UnknownWeights: when one is missing, unknown, or no whole number from 0 to 10.
        """
        if set(values) != set(NAMES) or not all(_is_weight(value) for value in values.values()):
            raise UnknownWeights
        return cls(**values)

    def as_stored(self) -> dict[str, int]:
        return asdict(self)


def _is_weight(value: Any) -> bool:
    return type(value) is int and LEAST <= value <= MOST


NAMES = tuple(field.name for field in fields(Weights))

# A company's people come to learn and to be found outside their department; whom they know counts less there, and who has
# been overlooked so far counts more.
_BEGINNINGS = {
    "community": {
        "held": 10, "wanted": 6, "interest": 3, "time": 3, "place": 3, "language": 2, "field": 3, "known": 4, "fresh": 2,
        "fair": 2,
    },
    "company": {
        "held": 9, "wanted": 8, "interest": 4, "time": 5, "place": 1, "language": 1, "field": 2, "known": 1, "fresh": 2,
        "fair": 4,
    },
}  # fmt: skip
