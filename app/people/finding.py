"""Whom the words of a search find, for whoever looks."""

from dataclasses import replace

from app.people.searchable import KIND
from app.profiles.blocks import apart_from
from app.search.matching import Answer, answer
from app.search.paging import Place
from app.search.question import Question
from tenants.context import Actor


def found_people(words: str | None, viewer: Actor | None, at: str | None = None) -> Answer | None:
    """Return the members who answer, the best first; nobody who has blocked the viewer, or whom they have blocked. None where
    there are no words.

    :param at: the cursor of the page: it is measured as the page before was.
    """
    if words is None:
        return None
    place = Place.read(at)
    found = answer(Question.read(words), KIND, for_visitors=viewer is None, scale=place.scale if place else None)
    if viewer is None or not found.ids:
        return found
    apart = apart_from(viewer.id)
    left = [(one, score) for one, score in zip(found.ids, found.scores, strict=True) if one not in apart]
    return replace(found, ids=tuple(one for one, _ in left), scores=tuple(score for _, score in left))
