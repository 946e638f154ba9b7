"""Two texts side by side, with the words marked that are not in the other."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: So many words around a change are shown; what is alike beyond them is left out.
_AROUND = 24
# Comparing is slower than long: above this only what begins and ends alike is told apart.
_MOST = 3000


def marked(before: str, after: str) -> tuple[Markup, Markup]:
    """Return both texts as markup: what goes is in `<del>`, what comes in `<ins>`, and long stretches that are alike are
    shortened to an ellipsis.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    was, becomes = [], []
    steps = _steps(old, new)
    for place, (tag, a, b, c, d) in enumerate(steps):
        if tag == "equal":
            alike = _shortened(old[a:b], is_first=place == 0, is_last=place == len(steps) - 1)
            was.append(alike)
            becomes.append(alike)
        else:
            was.append(_wrapped("del", old[a:b]))
            becomes.append(_wrapped("ins", new[c:d]))
    return Markup().join(was), Markup().join(becomes)


def _steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if len(old) + len(new) <= _MOST:
        return _joined(SequenceMatcher(None, old, new).get_opcodes(), old)
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    left = shorter - head
    tail = next((place for place in range(left) if old[-1 - place] != new[-1 - place]), left)
    middle = ("replace", head, len(old) - tail, head, len(new) - tail)
    steps = [("equal", 0, head, 0, head), middle, ("equal", len(old) - tail, len(old), len(new) - tail, len(new))]
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def _joined(
    steps: Sequence[tuple[str, int, int, int, int]], old: Sequence[str]
) -> list[tuple[str, int, int, int, int]]:
    """Return the same steps, where a mere space between two changes is part of them: words are marked, not letters."""
    joined: list[tuple[str, int, int, int, int]] = []
    for place, (tag, a, b, c, d) in enumerate(steps):
        is_between = 0 < place < len(steps) - 1 and tag == "equal" and not "".join(old[a:b]).strip()
        if joined and joined[-1][0] != "equal" and (is_between or tag != "equal"):
            _, first, _, start, _ = joined[-1]
            joined[-1] = ("replace", first, b, start, d)
        else:
            joined.append((tag, a, b, c, d))
    return joined


def _shortened(words: Sequence[str], *, is_first: bool, is_last: bool) -> Markup:
    before, after = 0 if is_first else _AROUND, 0 if is_last else _AROUND
    if len(words) <= before + after + _AROUND:
        return escape("".join(words))
    return escape("".join([*words[:before], " … ", *words[len(words) - after :]]))


def _wrapped(tag: str, words: Sequence[str]) -> Markup:
    said = "".join(words)
    bare = said.strip()
    # Spaces around are nobody's change.
    before, after = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :] if bare else ""
    return before + (Markup(f"<{tag}>{{}}</{tag}>").format(bare) if bare else Markup()) + after
