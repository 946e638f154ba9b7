"""What a list can be narrowed down by of what its category asks: the choices with their counts, ranges with their ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.fields.filtering import conditions, offered
from app.fields.queries import Asked, asked_now, fields_at
from app.gigs.facets import Facets
from app.gigs.queries.open_gigs import shape_of, values_of
from app.gigs.queries.options import option_counts
from app.gigs.search import Search
from tenants.context import Actor


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """A field of the category; of a choice, how many gigs each option would leave, by the options' ids."""

    field: Asked
    counts: dict[UUID, int] = field(default_factory=dict)


def understood(search: Search, viewer: Actor | None) -> Search:
    """Return a search with what it asks of a category's fields looked up: only what whoever looks may see."""
    if search.asks is None or search.category is None:
        return search
    return replace(search, conditions=conditions(search.asks, fields_at(search.category), viewer))


def answer_groups(
    search: Search, viewer: Actor | None, found: Facets, ids: Sequence[UUID] | None
) -> tuple[AnswerGroup, ...]:
    """Return the fields that the list of one category can be narrowed down by, in their order. Where the category asks nothing,
    nothing is read.
    """
    if search.category is None or not (search.asks or search.category in found.asking):
        return ()
    fields = offered(asked_now(fields_at(search.category)), viewer)
    shape, values = shape_of(search), values_of(search, viewer, ids)
    narrowed = {one.field_id: f"asks{number}{one.kind}" for number, one in enumerate(search.conditions)}
    choices = [one.id for one in fields if one.kind == "choice"]
    counts: dict[UUID, int] = {}
    # Those that nothing was chosen of together; each other with its own filter lifted.
    for some in [[one for one in choices if one not in narrowed], *([one] for one in choices if one in narrowed)]:
        if some:
            others = tuple(name for name in shape if name != narrowed.get(some[0]))
            counts |= option_counts(others, values, some, signed_in=viewer is not None)
    return tuple(
        AnswerGroup(one, {option.id: counts[option.id] for option in one.options if option.id in counts})
        for one in fields
    )
