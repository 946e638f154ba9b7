"""Does a search find what a person would want? Real gigs, questions with answers labelled by hand, nDCG@10.

`labels.csv` holds questions and the numbers of the gigs (rows of the data, from 0) that a person asking so would want, and
those they would also look at. They were chosen before anything was ranked, by reading titles and skills of what a few plain
keywords for each matter find (the first 34 to 70 of them): a good gig that says it in none of these words counts as none. A gig
about the very thing is wanted, one where it is a part of something else is also fine.

The weights were chosen on the questions of `labels.csv`. Those of `held_out.csv` were labelled later, in the same way, by the
titles that one pattern for each matter finds (where there are hardly any, by the skills too); nothing was ever chosen on them.
"""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from zlib import crc32

from app.core.config import ROOT

DATA = Path(os.environ.get("GUILDHALL_SHARED", ROOT.parent / "shared")) / "data" / "real-gigs.csv"
LABELS = Path(__file__).parent / "labels.csv"
HELD_OUT = Path(__file__).parent / "held_out.csv"
_DEPTH = 10
_LETTERS = "etaoinshrdlu"

#: Gives the numbers of the gigs that answer a question, the best first.
Ranker = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, and what each gig is worth to whoever asks it: 2 wanted, 1 also fine."""

    text: str
    gains: dict[int, int]

    def score(self, found: Sequence[int]) -> float:
        """Return the nDCG@10 of an answer."""
        reached = _gain([self.gains.get(number, 0) for number in found])
        return reached / _gain(sorted(self.gains.values(), reverse=True))


def labelled(labels: Path = LABELS) -> list[Labelled]:
    """Return the questions of a file with their labels."""
    with labels.open() as file:
        return [
            Labelled(
                row["query"], {**dict.fromkeys(_numbers(row["also"]), 1), **dict.fromkeys(_numbers(row["wanted"]), 2)}
            )
            for row in csv.DictReader(file)
        ]


def gigs() -> list[dict[str, str]]:
    """Return the real gigs, in the order of their numbers."""
    with DATA.open() as file:
        return list(csv.DictReader(file))


def mean_score(ranker: Ranker, questions: Sequence[Labelled]) -> float:
    """Return the mean nDCG@10 over questions."""
    return fmean(question.score(ranker(question.text)) for question in questions)


def mistyped(question: Labelled) -> Labelled:
    """Return the question with one slip of the finger in its longest word: a letter lost, doubled, swapped or another."""
    words = question.text.split()
    longest = max(words, key=len)
    chance = crc32(question.text.encode())
    at, kind, letter = 1 + chance % (len(longest) - 1), chance // 64 % 4, _LETTERS[chance // 512 % len(_LETTERS)]
    before, after = longest[:at], longest[at:]
    slips = (
        before + after[1:],
        before + after[0] + after,
        before[:-1] + after[0] + before[-1] + after[1:],
        before + letter + after[1:],
    )
    return Labelled(" ".join(slips[kind] if word == longest else word for word in words), question.gains)


def _gain(gains: Sequence[int]) -> float:
    return sum((2**gain - 1) / log2(place + 2) for place, gain in enumerate(gains[:_DEPTH]))


def _numbers(cell: str) -> Iterator[int]:
    return map(int, cell.split())
