"""Initials and a hue for people without a picture; any script, emoji, one word or none."""

import re
import unicodedata
from functools import lru_cache

from themes.drawing.seed import Seed

HUES = 12
NOBODY = "·"

_ASIDE = re.compile(r"[(\[（【].*?[)\]）】]")
_JOINER = "\u200d"
_MARKS_KEPT = 2
_LONGEST_SIGN = 12  # a family of four, each with a skin tone


@lru_cache(maxsize=4096)
def hue(name: str) -> int:
    """Return 0–11, for `data-hue`: which of the twelve face colours this name wears."""
    return Seed(name, "face").below(HUES)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Return one or two initials: of the first and the last word that have a letter or a figure, else the
    first emoji or sign, else a dot. "Ana Ruiz (she/her)" gives "AR", "Tomasz & Ines" "TI", "山田" "山".
    """
    found = _lettered(_ASIDE.sub(" ", name)) or _lettered(name)
    if found:
        return found[0] if len(found) == 1 else found[0] + found[-1]
    signs = [cluster for cluster in clusters(name) if unicodedata.category(cluster[0])[0] == "S"]
    return signs[0][:_LONGEST_SIGN] if signs else NOBODY


def initial(name: str) -> str:
    """Return the one letter or figure that stands for a name, or nothing if it has none."""
    found = _lettered(_ASIDE.sub(" ", name)) or _lettered(name)
    return found[0] if found else ""


def clusters(text: str) -> list[str]:
    """Return what a reader takes for single characters: a base with its marks, a joined emoji, a flag."""
    found: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if found and _belongs(character, found[-1]):
            found[-1] += character
        elif not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf", "Cs"):
            found.append(character)
    return found


def _lettered(name: str) -> list[str]:
    """Return the initial of each word that has one."""
    found = []
    for word in name.split():
        letters = [cluster for cluster in clusters(word) if cluster[0].isalnum()]
        if letters:
            found.append(_capital(letters[0]))
    return found


def _belongs(character: str, cluster: str) -> bool:
    if character == _JOINER or cluster.endswith(_JOINER):
        return True
    if unicodedata.category(character)[0] == "M" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    return _is_flag_half(character) and len(cluster) == 1 and _is_flag_half(cluster)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _capital(cluster: str) -> str:
    """Return the capital where it is one character too ("ß" stays), with no more marks than fit a circle."""
    letter = cluster[0].title()
    kept = letter if len(letter) == 1 else cluster[0]
    return kept + cluster[1 : 1 + _MARKS_KEPT].rstrip(_JOINER)
