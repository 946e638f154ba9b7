"""Gigs by what they answered to their category's own fields."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, Uuid, and_, any_, bindparam, exists
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.fields.filtering import MOST, Condition
from app.fields.models import GigFieldValue
from app.fields.quantities import GREATEST
from app.gigs.models import Gig
from tenants.isolation import scoped

_RANGES: dict[str, tuple[str, Any, Any, Any]] = {
    "number": ("number", BigInteger(), -GREATEST, GREATEST),
    "date": ("day", Date(), date.min, date.max),
}


def _answers(number: int, kind: str) -> ColumnElement[bool]:
    """Return whether a gig answers the `number`-th question of a search, which is of a kind."""
    answer = aliased(GigFieldValue, name=f"answer{number}")
    of_gig = (scoped(answer), answer.gig_id == Gig.id, answer.field_id == bindparam(f"asks{number}", type_=Uuid()))
    if kind == "choice":
        chosen = answer.option_id == any_(bindparam(f"asks{number}options", type_=ARRAY(Uuid())))
    else:
        name, type_, _, _ = _RANGES[kind]
        least, most = (bindparam(f"asks{number}{end}", type_=type_) for end in ("least", "most"))
        chosen = and_(getattr(answer, name) >= least, getattr(answer, name) <= most)
    return exists().where(*of_gig, chosen).correlate(Gig)


#: Each condition by the name that it has in a search's shape.
ANSWERED: dict[str, ColumnElement[bool]] = {
    f"asks{number}{kind}": _answers(number, kind) for number in range(MOST) for kind in ("choice", "number", "date")
}


def names_of(conditions: Sequence[Condition]) -> tuple[str, ...]:
    """Return the names of a search's conditions in its shape."""
    return tuple(f"asks{number}{one.kind}" for number, one in enumerate(conditions))


def answers_asked(conditions: Sequence[Condition]) -> dict[str, Any]:
    """Return the parameters of a search's conditions."""
    values: dict[str, Any] = {}
    for number, one in enumerate(conditions):
        values[f"asks{number}"] = one.field_id
        if one.kind == "choice":
            values[f"asks{number}options"] = list(one.options)
        else:
            _, _, first, last = _RANGES[one.kind]
            values[f"asks{number}least"] = first if one.least is None else one.least
            values[f"asks{number}most"] = last if one.most is None else one.most
    return values
