"""What somebody types into a search field: words, “phrases in quotes”, and -words that must not be there."""

import re
from dataclasses import dataclass

from app.core.folding import words_in

LONGEST = 300
MOST_TERMS = 6

_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"') | dict.fromkeys("−–—", "-") | {"\0": " "})
_PIECE = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s",;/|]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: a word, or several that stand together; what was `quoted` is meant as it stands."""

    words: tuple[str, ...]
    quoted: bool = False

    @property
    def is_word(self) -> bool:
        return len(self.words) == 1 and not self.quoted


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the search. `text` is as it was typed, on one line; every term in `wanted` should be there, none of
    `unwanted` may.
    """

    text: str = ""
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @classmethod
    def read(cls, typed: str | None) -> "Question":
        """Return the question of whatever was typed, kindly: of very much, the beginning."""
        # First cut, then looked at: half a megabyte is read as quickly as a word.
        text = " ".join((typed or "")[: 8 * LONGEST].replace("\0", " ").split())[:LONGEST].strip()
        text = text.encode("utf-8", "ignore").decode()
        wanted: dict[Term, None] = {}
        unwanted: dict[Term, None] = {}
        for piece in _PIECE.finditer(text.translate(_QUOTES)):
            quoted = piece["word"] is None
            words = tuple(words_in((piece["phrase"] if quoted else piece["word"]) or "")[:MOST_TERMS])
            if words:
                where = unwanted if piece["without"] else wanted
                where.setdefault(Term(words, quoted))
        return cls(text, tuple(wanted)[:MOST_TERMS], tuple(unwanted)[:MOST_TERMS])

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it can be looked for."""
        return not (self.wanted or self.unwanted)
