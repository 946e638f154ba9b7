"""Where a place that somebody wrote is: the middle of its town, from the file of towns. Never more exactly than that."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from pathlib import Path

from app.core.towns import country_of, folded, reading, town_file

#: A thousandth of a degree of latitude, in kilometres.
STEP = 0.11132
_HALF_AROUND = 180_000
_LONGEST = 200
_MOST_PARTS, _MOST_WORDS = 4, 6
_SHORTEST = 3
# Of towns in other countries all names are heeded where so many people are there: “Wien”, but no “The Bridge”.
_LARGE = 200_000
_BETWEEN = re.compile(r"[,;/()|·–—]|\s-\s")
_NAMED = """
SELECT towns.latitude, towns.longitude, towns.region, towns.country, names.is_own, towns.people
  FROM names JOIN towns ON towns.id = names.town WHERE names.folded = ?
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a town, in thousandths of a degree: so many of its people are there that it says nothing of one of them."""

    latitude: int
    longitude: int

    def kilometres_to(self, other: "Spot") -> float:
        """Return how far another spot is, on a map that is flat around this one."""
        east = (other.longitude - self.longitude + _HALF_AROUND) % (2 * _HALF_AROUND) - _HALF_AROUND
        return hypot(other.latitude - self.latitude, east * cos(radians(self.latitude / 1_000))) * STEP


def located(place: str, *, zone: str) -> Spot | None:
    """Return the spot of a place as people write it (“Leeds”, “Lisbon, Portugal”, “Kelham Island, Sheffield”); None where no
    town is named that is known. Of towns of one name the one is meant whose region is named too, then one of the country that
    a time zone belongs to, then the larger.
    """
    text = place.strip()[:_LONGEST]
    if not text or (file := town_file()) is None:
        return None
    return _located(text, zone, file)


@lru_cache(4096)
def _located(text: str, zone: str, file: Path) -> Spot | None:
    parts = [part for one in _BETWEEN.split(text) if (part := folded(one))][:_MOST_PARTS]
    with reading(file) as index:
        home = country_of(zone, index)
        # A few of the words may be anything in another country.
        return _best(index, parts, parts, home) or _best(index, list(_pieces(parts)), parts, home, abroad=False)


def _best(
    index: sqlite3.Connection, names: Sequence[str], parts: Sequence[str], home: str, *, abroad: bool = True
) -> Spot | None:
    found = []
    for number, name in enumerate(names):
        for latitude, longitude, region, country, is_own, people in index.execute(_NAMED, (name,)):
            is_said, is_home = folded(region) in parts and folded(region) != name, country == home
            is_known = abroad and (is_own or people >= _LARGE)
            if is_known or is_said or is_home:
                found.append(((is_said, is_home, -number, is_own, people), Spot(latitude, longitude)))
    return max(found, key=lambda one: one[0])[1] if found else None


def _pieces(parts: Sequence[str]) -> Iterator[str]:
    """Yield the beginnings and ends of each part, longer ones first: “Leeds city centre”, “near Leeds”."""
    for part in parts:
        words = part.split()[:_MOST_WORDS]
        for count in range(len(words) - 1, 0, -1):
            yield from (
                piece for piece in (" ".join(words[:count]), " ".join(words[-count:])) if len(piece) >= _SHORTEST
            )
