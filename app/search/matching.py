"""Which things answer a question, the best first. They are candidates: whoever shows them reads them under row-level security
and by the audience's rule, and shows what is left.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from app.core import clock
from app.search.expressions import Expressions
from app.search.marks import mark
from app.search.paging import Scale
from app.search.question import Question
from app.search.ranking import Narrowing, Ranked, ranked
from app.search.spelling import respelt
from app.search.vocabulary import Vocabulary

#: Of so many matches the newest are ranked; where there are more, pages say “1,000+”.
MOST = 1_000
# With fewer answers that say everything, those that say most of it come after them.
_FEW = 10
_MOST_OF_EACH = 250
# More than any score: what says everything stands before what says most of it.
_EVERYTHING = 10_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of what answers, the best first, with their scores; `has_more` where there were too many to rank. `respelt` is the
    question as it was understood, where what was typed finds nothing; `is_loose` says that some of it say only most of what
    was asked. Measured with `scale`, a later page finds the same.
    """

    ids: tuple[UUID, ...] = ()
    has_more: bool = False
    respelt: str | None = None
    is_loose: bool = False
    scores: tuple[int, ...] = ()
    scale: Scale | None = field(default=None, compare=False)


def answer(
    question: Question,
    kind: str,
    *,
    for_visitors: bool,
    scale: Scale | None = None,
    narrowing: Narrowing | None = None,
) -> Answer:
    """Return what answers among the things of a kind, as the tenant's members or its visitors may find it.

    :param scale: that of the page before, for a page that follows it.
    """
    if question.is_empty:
        return Answer()
    vocabulary = Vocabulary.for_question(question)
    own = mark(kind, for_visitors=for_visitors)
    better = respelt(question, vocabulary, own)
    if better is not None:
        question, vocabulary = better, Vocabulary.for_question(better)
    expressions = Expressions.of(question, vocabulary)
    if expressions.is_empty:
        return Answer()
    scale = scale or Scale(clock.now())
    rank = partial(ranked, expressions, kind=kind, moment=scale.moment, narrowing=narrowing)
    found = _found(expressions, own, scale, rank)
    return replace(found, respelt=question.text) if better is not None else found


def _found(expressions: Expressions, own: str, scale: Scale, rank: Callable[..., Ranked]) -> Answer:
    strict = rank([expressions.strict(own)], most=MOST + 1, rarities=scale.strict)
    if scale.way == "all" or (not scale.way and len(strict.scores) >= _FEW):
        return _answer(scale.moment, "all", strict)
    for way, combinations in (("most", expressions.loose(own)), ("any", expressions.single(own))):
        if combinations and scale.way in ("", way):
            others = rank(combinations, most=_MOST_OF_EACH, rarities=scale.loose)
            if scale.way or others.scores.keys() - strict.scores.keys():
                return _answer(scale.moment, way, strict, others)
    return _answer(scale.moment, "all", strict)


def _answer(moment: datetime, way: str, strict: Ranked, others: Ranked | None = None) -> Answer:
    scores = {one: score + _EVERYTHING for one, score in strict.scores.items()}
    if others is not None:
        scores |= {one: score for one, score in others.scores.items() if one not in scores}
    ids = tuple(scores)[:MOST]
    return Answer(
        ids,
        has_more=len(strict.scores) > MOST,
        is_loose=len(scores) > len(strict.scores),
        scores=tuple(scores[one] for one in ids),
        scale=Scale(moment, way, strict.rarities, others.rarities if others is not None else ()),
    )
