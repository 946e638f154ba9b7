"""The entries of the style guide: each is a small template under `templates/examples/` that shows one component.

An example begins with a comment: its title, when to use it, and after “Not:” when not. What it imports follows; then each
state under a comment of its own (`{# state: Filled in -#}`), written as a feature would write it. What only somebody's hand
brings about says how: `{# state: Open; do: press summary -#}` (`static/js/specimen.js` has the verbs).
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from app.core.config import ROOT

SHARED = ROOT / "app" / "templates"
EXAMPLES = Path(__file__).parent / "templates" / "examples"
PAGES = Path(__file__).parent / "templates" / "pages"

GROUPS = {
    "type": "Type and colour",
    "forms": "Forms",
    "people": "People",
    "gigs": "Gigs",
    "lists": "Lists",
    "figures": "Figures",
    "talk": "Talk",
    "work": "Work",
    "overlay": "Menus, questions, notices",
    "hall": "The marketplace's frame",
    "front": "Blocks of a front page",
}

_HEAD = re.compile(r"\{#\s*(?P<title>[^\n]+)\n(?P<use>.*?)\nNot: (?P<avoid>.*?)-?#\}\n", re.DOTALL)
_STATE = re.compile(r"\{# state: (.+?) -?#\}\n")
_IMPORT = re.compile(r"""\{% from "([^"]+)" import ([^%]+?)(?: with context)? %\}""")


@dataclass(frozen=True, slots=True)
class State:
    """One state of a component: its label (empty where there is only one), the markup a feature writes, and what somebody
    does to bring it about (empty where it is so from the beginning).
    """

    label: str
    source: str
    deed: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One component with its title, when to use it and when not, and its states. `preamble` is what all of them import."""

    group: str
    name: str
    title: str
    use: str
    avoid: str
    preamble: str
    states: tuple[State, ...]

    @property
    def signatures(self) -> tuple[str, ...]:
        """Return the macros that it imports for the first time, as they are declared."""
        found = _IMPORT.search(self.preamble)
        if found is None:
            return ()
        file, names = found.groups()
        declared = template(file).read_text()
        return tuple(sign for name in names.split(", ") if (sign := _signature(name.strip(), declared)))

    @property
    def file(self) -> str:
        """Return which file of components it comes from, or an empty text."""
        found = _IMPORT.search(self.preamble)
        return found[1] if found else ""


def template(name: str) -> Path:
    """Return the file of a template: “components/lists.html”, or a feature's such as “halls/blocks.html”."""
    feature, _, file = name.partition("/")
    return SHARED / name if feature == "components" else ROOT / "app" / feature / "templates" / file


@cache
def entries(group: str) -> tuple[Entry, ...]:
    """Return a group's entries in the order of their file names; an unknown group has none."""
    return tuple(_entry(path) for path in sorted((EXAMPLES / group).glob("*.html"))) if group in GROUPS else ()


def every_entry() -> list[Entry]:
    """Return all entries in the order in which the guide shows them."""
    return [entry for group in GROUPS for entry in entries(group)]


def entry_or_none(name: str) -> Entry | None:
    """Return the entry of a name, such as “file-drop”."""
    return next((entry for entry in every_entry() if entry.name == name), None)


def neighbours(name: str) -> tuple[Entry | None, Entry | None]:
    """Return the entries before and after one."""
    row = [None, *every_entry(), None]
    for before, (here, after) in zip(row, pairwise(row[1:]), strict=False):
        if here and here.name == name:
            return before, after
    return None, None


@cache
def sample_pages() -> tuple[str, ...]:
    """Return the names of the whole pages that the guide can show."""
    return tuple(path.stem for path in sorted(PAGES.glob("*.html")))


def _entry(path: Path) -> Entry:
    text = path.read_text()
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"{path} does not begin with a comment of its title, its use and what it is not for.")
    body = text[head.end() :]
    preamble, *parts = _STATE.split(body)
    if not parts:
        imports = "".join(line for line in body.splitlines(True) if line.startswith(("{% from", "{% set")))
        preamble, parts = imports, ["", body.removeprefix(imports)]
    return Entry(
        group=path.parent.name,
        name=path.stem.partition("-")[2],
        title=head["title"].strip(),
        use=" ".join(head["use"].split()),
        avoid=" ".join(head["avoid"].split()),
        preamble=preamble.strip(),
        states=tuple(_state(label, source.strip()) for label, source in zip(parts[::2], parts[1::2], strict=True)),
    )


def _state(told: str, source: str) -> State:
    label, _, deed = told.partition("; do: ")
    return State(label, source, deed)


def _signature(name: str, declared: str) -> str:
    found = re.search(rf"\{{%-? macro ({name}\(.*?\)) -?%\}}", declared)
    return found[1] if found else ""
