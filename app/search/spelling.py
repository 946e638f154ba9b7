"""What a mistyped word may have meant: a word of the tenant's own that is one slip of the finger away."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Text, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.database import db
from app.search.languages import configuration
from app.search.question import Question, Term
from app.search.vocabulary import Vocabulary
from tenants.context import current_tenant_id

_SHORTEST = 4
_MOST = 12
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_ARABIC = "ءابتثجحخدذرزسشصضطظعغفقكلمنهويةى"

# How often each is found tells which was meant; counted only as far as it matters.
_KNOWN = text(
    """
    SELECT near.word, (SELECT count(*) FROM (SELECT FROM searchable
                                              WHERE words @@ to_tsquery(CAST(:configuration AS regconfig),
                                                                        :mark || ' & ''' || near.word || '''')
                                              LIMIT 200) AS counted) AS found
      FROM (SELECT word FROM search_words WHERE tenant_id = :tenant_id AND word = ANY (:words) LIMIT :most) AS near
     ORDER BY found DESC, near.word
    """
).bindparams(bindparam("words", type_=ARRAY(Text())))


def respelt(question: Question, vocabulary: Vocabulary, own: str) -> Question | None:
    """Return the question with its unknown words put right; None where nothing can be made of them.

    :param own: the mark of what whoever asks may find: no word is suggested that they could not read themselves.
    """
    changed: dict[str, str] = {}
    for term in question.wanted:
        for word in term.words:
            if _is_mistyped(term, word, question, vocabulary) and (better := _meant(word, own)):
                changed[word] = better
    if not changed:
        return None
    wanted = tuple(
        replace(term, words=tuple(changed.get(word, word) for word in term.words)) for term in question.wanted
    )
    return replace(question, text=_text(wanted, question.unwanted), wanted=wanted)


def _is_mistyped(term: Term, word: str, question: Question, vocabulary: Vocabulary) -> bool:
    says_something = len(word) >= _SHORTEST and not word.isdecimal() and word not in vocabulary.empty
    begins_others = term is question.wanted[-1] and bool(vocabulary.endings)
    whole = "".join(term.words)
    is_known = word in vocabulary.known or (whole != word and whole in vocabulary.known)
    is_known = is_known or any(word in pair for pair in vocabulary.pairs(question))
    means_others = bool(vocabulary.splits(word)) or " ".join(term.words) in vocabulary.meanings
    return says_something and not (is_known or begins_others or means_others)


def _meant(word: str, own: str) -> str | None:
    values = {
        "configuration": configuration(),
        "tenant_id": current_tenant_id(),
        "mark": f"'{own}'",
        "words": list(dict.fromkeys(_one_slip_away(word))),
        "most": _MOST,
    }
    found = db.session.execute(_KNOWN, values).first()
    return str(found.word) if found and found.found else None


def _one_slip_away(word: str) -> Iterator[str]:
    """Yield all that a letter left out, doubled up, swapped with the next or struck wrongly could have been."""
    yield from _doubled_elsewhere(word)
    letters = dict.fromkeys((*(_ARABIC if word[0] in _ARABIC else _LETTERS), *word))
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in letters:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def _doubled_elsewhere(word: str) -> Iterator[str]:
    """Yield the word with a letter doubled in other places than it is: leterring, lettering."""
    bare = "".join(letter for letter, after in zip(word, f"{word[1:]} ", strict=True) if letter != after)
    if bare != word:
        yield bare
        yield from (bare[: at + 1] + bare[at:] for at in range(len(bare)))


def _text(wanted: tuple[Term, ...], unwanted: tuple[Term, ...]) -> str:
    said = [_quoted(term) for term in wanted]
    return " ".join([*said, *(f"-{_quoted(term)}" for term in unwanted)])


def _quoted(term: Term) -> str:
    together = " ".join(term.words)
    return f'"{together}"' if term.quoted else together
