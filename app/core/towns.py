"""Towns of the world, to suggest while somebody types where they are: from a file on disk, without a network."""

import re
import sqlite3
import subprocess
import sys
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog

from app.core.config import ROOT, config

log = structlog.get_logger("towns")

_SECONDS = 60
_LAST = "\U0010ffff"
_COUNTRY = "SELECT country FROM towns WHERE zone = ? ORDER BY people DESC LIMIT 1"
_BEGINNING = """
SELECT towns.name, towns.region, towns.country FROM names JOIN towns ON towns.id = names.town
WHERE names.folded >= :typed AND names.folded < :last GROUP BY towns.id
ORDER BY max(names.folded = :typed) DESC, max(names.is_own) DESC, towns.country = :home DESC, towns.people DESC LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Town:
    """A town by its English name; `region` is its country, in the United States its state."""

    name: str
    region: str
    is_near: bool

    @property
    def as_written(self) -> str:
        """Return how people write it here: “Leeds” at home, “Lisbon, Portugal” elsewhere."""
        return self.name if self.is_near else f"{self.name}, {self.region}"

    @property
    def spellings(self) -> set[str]:
        """Return both ways to write it."""
        return {self.name, f"{self.name}, {self.region}"}


def towns(typed: str, *, zone: str, limit: int = 8) -> list[Town]:
    """Return towns whose name in any language begins with what was typed: exact names first, then towns' own names, those of
    the country that a time zone belongs to, and larger ones.
    """
    key = folded(typed)
    if not key or (file := town_file()) is None:
        return []
    with reading(file) as index:
        home = country_of(zone, index)
        asked = {"typed": key, "last": key + _LAST, "home": home, "most": 3 * limit}
        found = index.execute(_BEGINNING, asked).fetchall()
    distinct = {Town(name, region, country == home): None for name, region, country in found}
    return list(distinct)[:limit]


def town_file() -> Path | None:
    """Return the file of towns; None where it cannot be made."""
    file = config().var_dir / "towns-2.sqlite"
    return file if file.exists() or _made(file) else None


def reading(file: Path) -> closing[sqlite3.Connection]:
    """Return a connection to the file that only reads, to be closed by `with`."""
    return closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True))


def country_of(zone: str, index: sqlite3.Connection) -> str:
    """Return the code of the country that a time zone belongs to, empty for one of none."""
    found = index.execute(_COUNTRY, (zone,)).fetchone()
    return str(found[0]) if found else ""


def folded(name: str) -> str:
    """Return the form by which names are compared: “Saint-Étienne” and “saint etienne” are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain))


@cache
def _made(file: Path) -> bool:
    """Make the file of towns, which takes a second or two, and say whether it is there. A process tries once: without it the
    places that a hall uses are still offered.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "app.core.town_index", str(file)], cwd=ROOT, check=True, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError) as failure:
        log.warning("towns", file=file.name, failure=str(failure))
        return False
    log.info("towns", file=file.name)
    return True
