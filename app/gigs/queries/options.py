"""How many gigs each choice of a category's own fields would leave."""

from collections.abc import Collection
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.core.reading import Reading
from app.fields.models import GigFieldValue
from app.gigs.audience import meant_for
from app.gigs.models import Gig
from app.gigs.queries.open_gigs import FILTERS, FOUND
from app.gigs.queries.rows import OPEN
from tenants.isolation import scoped


def option_counts(
    shape: tuple[str, ...], values: dict[str, Any], field_ids: Collection[UUID], *, signed_in: bool
) -> dict[UUID, int]:
    """Return how many gigs each option of some fields would leave, by the options' ids; what would leave nothing is not among
    them. `values` are those of the search's statement, `shape` its filters without those of these fields.
    """
    has_words = "found" in values
    rows = _counts(shape, signed_in, has_words).rows(**values, counted=sorted(field_ids))
    return {row.option_id: row.gigs for row in rows}


@cache
def _counts(shape: tuple[str, ...], signed_in: bool, has_words: bool) -> Reading:
    answer = aliased(GigFieldValue, name="counted_answer")
    of_gig = and_(answer.tenant_id == Gig.tenant_id, answer.gig_id == Gig.id)
    filters = [*(FILTERS[name] for name in shape), *([Gig.id == any_(FOUND)] if has_words else [])]
    return Reading(
        select(answer.option_id, func.count().label("gigs"))
        .select_from(Gig)
        .join(answer, of_gig)
        .where(scoped(Gig), OPEN, meant_for(signed_in=signed_in), *filters)
        .where(answer.field_id == any_(bindparam("counted", type_=ARRAY(Uuid()))), answer.option_id.is_not(None))
        .group_by(answer.option_id)
    )
