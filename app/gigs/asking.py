"""The forms of a gig with what its category asks: in the step after the category was chosen, and in the page for a live gig."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from app.fields.asking import asking_form, shown_values, typed_values
from app.fields.carrying import foreseen
from app.fields.queries import Asked, asked_now, fields_of
from app.fields.values import Values, values_of
from app.gigs.forms import STEPS, Step, Whole
from app.gigs.models import Gig

#: Says in a form which category's fields its page asked for.
ASKED_IN = "asked_in"


def step_form(step: str, gig: Gig, shown: dict[str, Any] | None = None) -> Step:
    """Return the form of a step as it was sent, or as it is shown with some answers."""
    fields = asked_now(fields_of(gig.category_id)) if step == "details" else []
    values = values_of(gig.id) if fields else {}
    return _made(STEPS[step], fields, values, gig, shown)


def edit_form(gig: Gig, shown: dict[str, Any]) -> Step:
    """Return the form of a live gig; `shown` holds what its fields show, with `fields` of an edit that waits."""
    fields = asked_now(fields_of(shown["category_id"]))
    values = _in_category(shown["category_id"], gig) | shown.pop("fields", {}) if fields else {}
    return _made(Whole, fields, values, gig, shown)


def sent_edit_form(gig: Gig) -> Step:
    """Return the form of a live gig as it was sent. When another category was chosen in it, that one asks: what the gig
    answered alike is filled in, and what is missing is said.
    """
    category_id = _uuid(request.form.get("category_id"))
    fields = asked_now(fields_of(category_id))
    values = _in_category(category_id, gig) if fields else {}
    if not fields or request.form.get(ASKED_IN) == str(category_id):
        return _made(Whole, fields, values, gig, None)
    sent: CombinedMultiDict[str, Any] = CombinedMultiDict(
        [request.files, request.form, MultiDict(typed_values(fields, values))]
    )
    return asking_form(Whole, fields, values, owner=gig.id)(sent)


def missing_answers(gig: Any) -> list[str]:
    """Return the names of what a gig's category asks of it and it does not answer."""
    required = [one for one in asked_now(fields_of(gig.category_id)) if one.required]
    values = values_of(gig.id) if required else {}
    return [one.name for one in required if values.get(one.id) is None]


def _made(base: type[Step], fields: Sequence[Asked], values: Values, gig: Gig, shown: dict[str, Any] | None) -> Step:
    wanted: Any = asking_form(base, fields, values, owner=gig.id) if fields else base
    form: Step = wanted() if shown is None else wanted(formdata=None, data=shown | shown_values(fields, values))
    return form


def _in_category(category_id: UUID | None, gig: Gig) -> Values:
    values = values_of(gig.id)
    return values if category_id == gig.category_id else values | foreseen(values, into=category_id)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
