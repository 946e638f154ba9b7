"""The demo as it is written: the TOML under `content/`, read into plain dictionaries."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"

#: The order in which the marketplaces open.
SLUGS = ("designers", "hillside", "northwind")

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """One marketplace, as its files tell it. What has a name is a dictionary by that name."""

    hall: Entry
    categories: dict[str, Entry]
    people: dict[str, Entry]
    joining: dict[str, list[Entry]]
    gigs: dict[str, Entry]
    work: dict[str, list[Entry]]
    talk: dict[str, list[Entry]]
    desk: dict[str, list[Entry]]
    front: Entry
    alerts: dict[str, list[Entry]]
    # Only where it sells any.
    memberships: dict[str, list[Entry]]
    # Only where a stand-in for Stripe is there to hold it.
    money: Entry
    vouches: dict[str, list[Entry]]
    projects: dict[str, Entry]
    assisting: dict[str, list[Entry]]


def content_of(slug: str) -> Content:
    """Return what is written about one marketplace."""
    folder = CONTENT / slug
    gigs = {
        name: entry | {"category": file.stem}
        for file in sorted((folder / "gigs").glob("*.toml"))
        for name, entry in _read(file).items()
    }
    names = (
        "hall",
        "categories",
        "people",
        "joining",
        "work",
        "talk",
        "desk",
        "front",
        "alerts",
        "memberships",
        "money",
        "vouches",
        "projects",
        "assisting",
    )
    return Content(gigs=gigs, **{name: _read(folder / f"{name}.toml") for name in names})


def unwrapped(text: str) -> str:
    """Return plain text as people type it: the file's line breaks go, empty lines stay."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def flowing(text: str) -> str:
    """Return Markdown as people type it: each paragraph and each item of a list on one line."""
    return re.sub(r"(?<=[^\n])\n[ \t]*(?!\n|[ \t]*(?:[-*>|]|#+|\d+[.)])[ \t])(?=\S)", " ", text.strip()) + "\n"


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    with file.open("rb") as opened:
        return tomllib.load(opened)
