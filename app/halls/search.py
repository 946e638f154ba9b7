"""What the search page shows: a few gigs, people and fields of work that answer, for whoever looks; lists of all of them are
elsewhere.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from markupsafe import Markup

from app.core import clock
from app.core.folding import words_in
from app.gigs import cards as gig_cards
from app.gigs.finding import Finding
from app.gigs.queries import category_list
from app.gigs.search import Search
from app.people import cards as people_cards
from app.people.facets import facets
from app.people.finding import found_people
from app.people.queries import directory
from app.people.search import Search as PeopleSearch
from app.search.matching import Answer
from app.search.question import Question
from tenants.context import Actor, tenant

#: How many of each the page shows.
_FEW = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what was found of one kind: rows as markup, how many there are in all, where all of them are, and how the
    question was understood.
    """

    rows: Markup
    total: int
    href: str
    answer: Answer

    @property
    def is_all(self) -> bool:
        """Whether there is no more than the rows shown."""
        return self.total <= _FEW


def gigs(question: Question, viewer: Actor | None) -> Found:
    """Return the best few of the open gigs that answer."""
    finding = Finding(Search(q=question.text), viewer, url_for("gigs.index"), shows_choices=False)
    answer = finding.answer or Answer()
    if answer.ids:
        finding.note_shown(_FEW)
    rows = gig_cards.cards(list(finding.page)[:_FEW]) if answer.ids else Markup("")
    return Found(rows, finding.total if answer.ids else 0, _address("gigs.index", question), answer)


def members(question: Question, viewer: Actor | None) -> Found:
    """Return the best few of the people who answer."""
    answer, today = found_people(question.text, viewer) or Answer(), clock.today(tenant.time_zone)
    search, address = PeopleSearch(q=question.text), _address("people.index", question)
    if not answer.ids:
        return Found(Markup(""), 0, address, answer)
    few = replace(answer, ids=answer.ids[: 4 * _FEW], scores=answer.scores[: 4 * _FEW])
    page = directory(search, viewer, today, few)
    rows = people_cards.cards(list(page)[:_FEW], today=today, for_members=viewer is not None)
    return Found(rows, facets(search, today, answer.ids).total, address, answer)


def fields_of_work(viewer: Actor | None, question: Question) -> list[Any]:
    """Return the categories that say every word in their name or summary; without words, all."""
    wanted = [word for term in question.wanted for word in term.words]
    listed = [one for one in category_list(viewer) if one.archived_at is None]
    return [one for one in listed if _says(words_in(f"{one.name} {one.summary}"), wanted)]


def _says(said: list[str], wanted: list[str]) -> bool:
    return all(any(one.startswith(word) for one in said) for word in wanted)


def _address(endpoint: str, question: Question) -> str:
    return f"{url_for(endpoint)}?{urlencode({'q': question.text})}"
