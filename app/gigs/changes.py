"""An edit in words: what would be, beside what is."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from app.categories.queries import posting_choices
from app.fields.queries import these_fields
from app.fields.values import Values, values_of
from app.fields.wording import said
from app.gigs import wording
from app.gigs.models.columns import TERMS
from app.gigs.models.edits import restored

Change = tuple[str, str, str]


def described(gig: Any, changes: dict[str, Any], today: date) -> list[Change]:
    """Return label, new words and old words of everything that an edit would change.

    :param gig: the gig as it stands, its row or the gig itself.
    :param changes: the edit's changes as they are stored.
    """
    now = {name: getattr(gig, name) for name in (*TERMS, "level")}
    names = {}
    if "category_id" in changes:
        ids = (now["category_id"], restored(changes)["category_id"])
        names = {category_id: name for one in ids for category_id, name in posting_choices(one)}
    before = _all_words(SimpleNamespace(**now), names, today)
    after = _all_words(SimpleNamespace(**now | restored(changes)), names, today)
    labels = dict.fromkeys([*before, *after])
    described = [
        (label, after.get(label) or "none", before.get(label) or "none")
        for label in labels
        if after.get(label) != before.get(label)
    ]
    return [*described, *_answers(gig.id, restored(changes).get("fields"))]


def _all_words(gig: Any, names: dict[Any, str], today: date) -> dict[str, str]:
    return {
        "Direction": wording.DIRECTIONS[gig.direction],
        "Kind": wording.KINDS[gig.kind],
        "Category": names.get(gig.category_id, ""),
        **dict(wording.terms(gig, today)),
        "In return": wording.settled(gig),
        "Time": wording.effort(gig),
        "Places": str(gig.seats),
        "Shown to": wording.AUDIENCES[gig.audience],
    }


def _answers(gig_id: UUID, answers: Values | None) -> list[Change]:
    if not answers:
        return []
    before = values_of(gig_id)
    return [
        (field.name, said(field, answers[field.id]) or "none", said(field, before.get(field.id)) or "none")
        for field in these_fields(answers)
    ]
