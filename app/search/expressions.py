"""A question as PostgreSQL's search expressions. Only folded words get into them, in quotes: nothing that was typed is syntax."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from app.search.question import Question, Term
from app.search.vocabulary import Vocabulary

_MOST_COMBINATIONS = 15


@dataclass(frozen=True, slots=True)
class Wanted:
    """One term: what it says itself, and what else would do (another ending, the same in one word, another name for it)."""

    exact: str
    near: tuple[str, ...] = ()

    @property
    def any(self) -> str:
        return f"({' | '.join((self.exact, *self.near))})"

    @property
    def alternatives(self) -> str:
        return " | ".join(self.near) or self.exact


@dataclass(frozen=True, slots=True)
class Expressions:
    """A question in expressions: of each wanted term, and of what must not be there."""

    wanted: tuple[Wanted, ...]
    unwanted: tuple[str, ...]

    @classmethod
    def of(cls, question: Question, vocabulary: Vocabulary) -> "Expressions":
        telling = [term for term in question.wanted if not _is_empty(term, vocabulary)]
        return cls(
            tuple(_wanted(term, telling, vocabulary) for term in telling),
            tuple(_said(term.words) for term in question.unwanted if not _is_empty(term, vocabulary)),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.wanted or self.unwanted)

    def strict(self, mark: str) -> str:
        """Return the expression for what says every term, among what a mark lets be found."""
        return self._together(mark, self.wanted)

    @property
    def everything(self) -> str:
        """The expression for what says every term, whoever looks: to hold one thing against."""
        return " & ".join(self._parts(self.wanted))

    def loose(self, mark: str) -> list[str]:
        """Return expressions that together find what says most of the terms; none where there is but one."""
        count = len(self.wanted)
        if count < 2:
            return []
        least = count - 1 if count < 4 else count - 2
        chosen = list(combinations(self.wanted, least))[:_MOST_COMBINATIONS]
        return [self._together(mark, some) for some in chosen]

    def single(self, mark: str) -> list[str]:
        """Return an expression for each term by itself."""
        return [self._together(mark, [one]) for one in self.wanted]

    def _together(self, mark: str, terms: Iterable[Wanted]) -> str:
        return " & ".join([f"'{mark}'", *self._parts(terms)])

    def _parts(self, terms: Iterable[Wanted]) -> list[str]:
        return [*(term.any for term in terms), *(f"!({one})" for one in self.unwanted)]


def _wanted(term: Term, among: Sequence[Term], vocabulary: Vocabulary) -> Wanted:
    others = (*_endings(term, among, vocabulary), *_other_spellings(term, among, vocabulary))
    meanings = vocabulary.meanings.get(" ".join(term.words), ())
    return Wanted(_said(term.words), tuple(dict.fromkeys(_said(words) for words in (*others, *meanings))))


def _endings(term: Term, among: Sequence[Term], vocabulary: Vocabulary) -> Iterator[Sequence[str]]:
    """Yield what the last word may become while it is typed."""
    if term.is_word and term is among[-1]:
        yield from ((ending,) for ending in vocabulary.endings)


def _other_spellings(term: Term, among: Sequence[Term], vocabulary: Vocabulary) -> Iterator[Sequence[str]]:
    """Yield the same written as one word, or as two; for two words that name a skill, its other names."""
    if term.is_word:
        if term.words[0] not in vocabulary.known:
            yield from vocabulary.splits(term.words[0])
        for one, other in pairwise(among):
            whole = one.words[0] + other.words[0]
            if term in (one, other) and one.is_word and other.is_word:
                yield from [(whole,)] if whole in vocabulary.known else []
                yield from vocabulary.meanings.get(f"{one.words[0]} {other.words[0]}", ())
    elif not term.quoted:
        yield ("".join(term.words),)


def _said(words: Sequence[str]) -> str:
    together = " <-> ".join(f"'{word}'" for word in words)
    return f"({together})" if len(words) > 1 else together


def _is_empty(term: Term, vocabulary: Vocabulary) -> bool:
    return all(word in vocabulary.empty for word in term.words)
