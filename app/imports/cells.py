"""Single cells of a list, read kindly: skills, experience, dates, numbers, places."""

import re
from datetime import date
from typing import NamedTuple

from app.core.languages import gettext as _
from app.core.wording import number

MOST_SKILLS = 12
LONGEST_SKILL = 60

_UNNAMED = re.compile(r"\+\s*(\d{1,3})(?:\s*more)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_LEVELS = (
    (re.compile(r"\b(entry|junior|beginner|starter|novice)", re.IGNORECASE), "Entry level"),
    (re.compile(r"\b(intermediate|medium|mid|some)", re.IGNORECASE), "Intermediate"),
    (re.compile(r"\b(expert|senior|advanced|professional)", re.IGNORECASE), "Expert"),
)


class UnreadableCell(ValueError):
    """A cell that cannot be read; the message says why."""


class Skills(NamedTuple):
    """Skills by name, each once, and how many more the cell counts without naming them (“+3”)."""

    names: list[str]
    unnamed: int = 0


def read_skills(cell: str) -> Skills:
    """Return the skills of a cell, whatever stands between them."""
    names: dict[str, str] = {}
    unnamed = 0
    for part in re.split(r"[,;|\n]", cell):
        name = " ".join(part.split())
        if counted := _UNNAMED.fullmatch(name):
            unnamed += int(counted[1])
        elif name:
            names.setdefault(name.casefold(), name[:LONGEST_SKILL].rstrip())
    listed = list(names.values())
    return Skills(listed[:MOST_SKILLS], unnamed + max(0, len(listed) - MOST_SKILLS))


def read_level(cell: str) -> str:
    """Return the experience asked for in our words, or nothing where the cell has others."""
    return next((level for pattern, level in _LEVELS if pattern.search(cell)), "")


def read_date(cell: str) -> date | None:
    """Return a date written as 2027-03-31, 31.3.2027 or 31/3/2027; None for an empty cell.

    :raises UnreadableCell: for anything else.
    """
    written = cell.strip()
    if not written:
        return None
    iso, day_first = _ISO.fullmatch(written), _DAY_FIRST.fullmatch(written)
    year, month, day = iso.groups() if iso else reversed(day_first.groups()) if day_first else ("0", "0", "0")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise UnreadableCell(_("“%(written)s” is no date such as 2027-03-31.", written=written[:30])) from None


def read_count(cell: str, *, least: int, most: int) -> int | None:
    """Return a whole number between `least` and `most`; None for an empty cell.

    :raises UnreadableCell: for anything else.
    """
    written = cell.strip()
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and least <= int(written[:9]) <= most):
        raise UnreadableCell(
            _(
                "“%(written)s” is no number from %(least)s to %(most)s.",
                written=written[:30],
                least=least,
                most=number(most),
            )
        )
    return int(written)


def read_place(cell: str) -> tuple[str, bool | None]:
    """Return a place and whether it can be done from elsewhere; None where the cell says nothing about that."""
    parts = [" ".join(part.split()) for part in re.split(r"\bor\b|/|;", cell)]
    is_remote = [part.casefold() in ("remote", "online", "anywhere", "from home") for part in parts]
    named = [part for part, remote in zip(parts, is_remote, strict=True) if part and not remote]
    if any(is_remote):
        return " or ".join(named)[:120], True
    else:
        return " or ".join(named)[:120], False if named else None
