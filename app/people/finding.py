"""Whom the words of a search find, for whoever looks."""

from dataclasses import replace

from app.people.searchable import KIND
from app.profiles.blocks import apart_from
from app.search.matching import Answer, answer
from app.search.question import Question
from tenants.context import Actor


def found_people(words: str | None, viewer: Actor | None) -> Answer | None:
    """Return the members who answer, the best first; nobody who has blocked the viewer, or whom they have blocked. None where
    there are no words.
    """
    if words is None:
        return None
    found = answer(Question.read(words), KIND, for_visitors=viewer is None)
    if viewer is None or not found.ids:
        return found
    apart = apart_from(viewer.id)
    return replace(found, ids=tuple(one for one in found.ids if one not in apart))
