"""What the search page shows: gigs, people and fields of work that say every word somewhere, for whoever looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from markupsafe import Markup

from app.core import clock
from app.core.asking import LONGEST, asked_words
from app.core.paging import Page
from app.gigs import cards as gig_cards
from app.gigs.queries import category_list, count_found, found_gigs
from app.people import cards as people_cards
from app.people import finding as people
from tenants.context import Actor, tenant

#: How many of each a page shows that shows everything.
_FEW = 5
KINDS = ("gigs", "people")


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, and which kind of answer is asked for (None: all of them)."""

    text: str = ""
    kind: str | None = None
    at: str | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Question":
        """Return the question of a URL. What cannot be meant is left out: an old link still shows a page."""
        text = " ".join(asked.get("q", "").replace("\0", " ").split())
        kind, at = asked.get("in"), asked.get("at")
        return cls(text[:LONGEST], kind if kind in KINDS else None, at or None)

    @property
    def words(self) -> list[str]:
        return asked_words(self.text)

    def address(self, kind: str | None = None) -> str:
        """Return where the same words are answered with one kind, or with all."""
        return f"{url_for('halls.search')}?{urlencode({'q': self.text} | ({'in': kind} if kind else {}))}"

    @property
    def turning(self) -> str:
        """Return the address that a cursor is added to."""
        return f"{self.address(self.kind)}&at="


@dataclass(frozen=True, slots=True)
class Answer:
    """Some of what was found of one kind: rows as markup, how many there are in all, and the page they are cut from."""

    rows: Markup
    total: int
    page: Page[Any]

    @property
    def is_all(self) -> bool:
        """Whether there is no more than the rows shown."""
        return self.total <= _FEW


def gigs(question: Question, viewer: Actor | None) -> Answer:
    """Return the open gigs that answer: a page of them where gigs are asked for, else the best few."""
    page = found_gigs(question.words, viewer, question.at if question.kind == "gigs" else None)
    total = len(page) if _is_whole(page) else count_found(question.words, viewer)
    return Answer(gig_cards.cards(_shown(page, question)), total, page)


def members(question: Question, viewer: Actor | None) -> Answer:
    """Return the people who answer: a page of them where people are asked for, else the best few."""
    page = people.found_people(question.words, viewer, question.at if question.kind == "people" else None)
    total = len(page) if _is_whole(page) else people.count_found(question.words, viewer)
    today = clock.today(tenant.time_zone)
    return Answer(people_cards.cards(_shown(page, question), today=today, for_members=viewer is not None), total, page)


def fields_of_work(viewer: Actor | None, words: list[str]) -> list[Any]:
    """Return the categories that say every word in their name or summary; without words, all."""
    listed = (one for one in category_list(viewer) if one.archived_at is None)
    return [one for one in listed if all(word in f"{one.name} {one.summary}".lower() for word in words)]


def _shown(page: Page[Any], question: Question) -> list[Any]:
    return list(page) if question.kind else list(page)[:_FEW]


def _is_whole(page: Page[Any]) -> bool:
    return page.next is None and page.previous is None
