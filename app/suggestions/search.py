"""What is offered in a search field: ends of words, skills, fields of work and gigs. All of it is taken from what whoever asks
may see: from gigs that are found and then read by the audience's rule, and from the names of categories.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Uuid, any_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from app.categories.models import Category
from app.core import clock
from app.core.folding import words_in
from app.core.languages import gettext as _
from app.core.reading import Reading
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.rows import OPEN, viewer_of
from app.gigs.searchable import KIND
from app.search.expressions import Expressions
from app.search.marks import mark
from app.search.question import Question
from app.search.ranking import ranked
from app.search.vocabulary import Vocabulary
from tenants.context import Actor
from tenants.isolation import scoped

# So many of the newest that say it tell what is worth offering.
_LOOKED_AT = 60
_MOST_WORDS, _MOST_SKILLS, _MOST_FIELDS, _MOST_GIGS = 3, 3, 2, 3
_SHORTEST = 2


class Offer(NamedTuple):
    """Something to ask for, or, with an address, to go to."""

    value: str
    note: str = ""
    href: str = ""


def offers(typed: str, viewer: Actor | None) -> list[Offer]:
    """Return what may be meant by what was typed so far: a few of each kind, none twice."""
    question = Question.read(typed)
    words = words_in(question.text)
    if not words or len(words[-1]) < _SHORTEST or question.unwanted:
        return []
    vocabulary = Vocabulary.for_question(question)
    gigs = _seen(question, vocabulary, viewer)
    every = [*_fields(words), *_skills(gigs, words, vocabulary), *_ends(gigs, question, words[-1]), *_gigs(gigs)]
    first: dict[str, Offer] = {}
    for offer in every:
        first.setdefault(" ".join(words_in(offer.value)), offer)
    # What is typed already need not be offered as a question.
    return [offer for said, offer in first.items() if offer.href or said != " ".join(words)]


def _seen(question: Question, vocabulary: Vocabulary, viewer: Actor | None) -> Sequence[Any]:
    """Return `id`, `title` and `needs` of gigs that say it, the best first, as far as the viewer may see them."""
    expressions = Expressions.of(question, vocabulary)
    if not expressions.wanted:
        return []
    own = mark(KIND, for_visitors=viewer is None)
    found = ranked(expressions, [expressions.strict(own)], kind=KIND, most=_LOOKED_AT, moment=clock.now())
    return _read(viewer is not None).rows(found=list(found.scores), **viewer_of(viewer)) if found.scores else []


def _fields(words: Sequence[str]) -> Iterator[Offer]:
    rows = [row for row in _CATEGORIES.rows() if _says(words_in(row.name), words)]
    for row in rows[:_MOST_FIELDS]:
        yield Offer(row.name, _("Category"), url_for("categories.show", slug=row.slug))


def _skills(gigs: Iterable[Any], words: Sequence[str], vocabulary: Vocabulary) -> Iterator[Offer]:
    """Yield skills that these gigs need, by what begins like it or what else it is called."""
    meant = set(vocabulary.meanings.get(" ".join(words), ()))
    needed = Counter(name for gig in gigs for name in gig.needs)
    named = ((name, words_in(name)) for name, _count in needed.most_common())
    fitting = [name for name, said in named if tuple(said) in meant or _says(said, words)]
    for name in fitting[:_MOST_SKILLS]:
        yield Offer(name, _("Skill"))


def _ends(gigs: Iterable[Any], question: Question, begun: str) -> Iterator[Offer]:
    """Yield the question with its last word ended as titles end it."""
    ends = Counter(
        word for gig in gigs for word in set(words_in(gig.title)) if word.startswith(begun) and word != begun
    )
    before = " ".join(question.text.split()[:-1])
    for word, _count in ends.most_common(_MOST_WORDS):
        yield Offer(f"{before} {word}".strip())


def _gigs(gigs: Sequence[Any]) -> Iterator[Offer]:
    for gig in gigs[:_MOST_GIGS]:
        yield Offer(gig.title, _("Gig"), url_for("gigs.show", gig_id=gig.id))


def _says(said: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether each word begins one that is said."""
    return all(any(one.startswith(word) for one in said) for word in words)


@cache
def _read(signed_in: bool) -> Reading:
    found: Any = bindparam("found", type_=ARRAY(Uuid()))
    return Reading(
        select(Gig.id, Gig.title, Gig.needs)
        .where(scoped(Gig), OPEN, meant_for(signed_in=signed_in), Gig.id == any_(found))
        .order_by(func.array_position(found, Gig.id))
    )


_CATEGORIES = Reading(
    select(Category.slug, Category.name)
    .where(scoped(Category), text("categories.archived_at IS NULL"))
    .order_by(Category.position, Category.id)
)
