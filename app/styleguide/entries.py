"""The entries of the style guide: each is a small template under `templates/examples/` that shows itself.

An example begins with a comment of two lines, its title and when to use it; the rest is what a feature
would write in its own template.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EXAMPLES = Path(__file__).parent / "templates" / "examples"
PAGES = Path(__file__).parent / "templates" / "pages"

GROUPS = {
    "type": "Type and colour",
    "forms": "Forms",
    "people": "People",
    "gigs": "Gigs",
    "lists": "Lists and figures",
    "talk": "Talk",
    "work": "Work",
    "overlay": "Menus, questions, notices",
}

_HEAD = re.compile(r"\{#\s*(?P<title>[^\n]+)\n(?P<use>.*?)-?#\}\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """One component with its title, a sentence on when to use it, and the markup a feature writes."""

    group: str
    name: str
    title: str
    use: str
    source: str

    @property
    def template(self) -> str:
        return f"styleguide/examples/{self.group}/{self.name}.html"

    @property
    def anchor(self) -> str:
        return self.name.partition("-")[2]


@cache
def entries(group: str) -> tuple[Entry, ...]:
    """Return a group's entries in the order of their file names; an unknown group has none."""
    return tuple(_entry(path) for path in sorted((EXAMPLES / group).glob("*.html"))) if group in GROUPS else ()


@cache
def sample_pages() -> tuple[str, ...]:
    """Return the names of the whole pages that the guide can show."""
    return tuple(path.stem for path in sorted(PAGES.glob("*.html")))


def _entry(path: Path) -> Entry:
    text = path.read_text()
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"{path} does not begin with a comment of its title and its use.")
    return Entry(
        group=path.parent.name,
        name=path.stem,
        title=head["title"].strip(),
        use=" ".join(head["use"].split()),
        source=text[head.end() :].strip(),
    )
