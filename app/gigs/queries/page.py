"""One gig, with everything that its page shows."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, exists, false, select, text
from sqlalchemy.orm import aliased

from app.acquaintances.queries import tie_columns
from app.core.reading import Reading
from app.gigs.audience import VIEWER, is_apart
from app.gigs.models import Gig, GigEdit, Suggestion
from app.gigs.queries.rows import LONG, joined, row_columns, viewer_of
from tenants.context import Actor
from tenants.models import Member

_PROPOSED = (
    select(GigEdit.changes)
    .where(GigEdit.tenant_id == Gig.tenant_id, GigEdit.gig_id == Gig.id, text("gig_edits.state = 'waiting'"))
    .scalar_subquery()
)
_SUGGESTED = (
    exists()
    .where(Suggestion.tenant_id == Gig.tenant_id, Suggestion.gig_id == Gig.id)
    .where(text("gig_suggestions.state = 'waiting'"))
    .correlate(Gig)
)

_HELPS = aliased(Member)
_HELPER = (
    select(_HELPS.name)
    .where(_HELPS.tenant_id == Gig.tenant_id, _HELPS.id == Gig.helper_id)
    .correlate(Gig)
    .scalar_subquery()
    .label("helper_name")
)


def one_gig(gig_id: UUID, viewer: Actor | None) -> Row[Any] | None:
    """Return everything that a gig's page shows: the columns of `SHORT` and `LONG`, `needed` and `gained` skills as names,
    for a member `held`, `wanted`, and `apart` (one has blocked the other) and the columns of the `Tie`
    to its author; `proposed`, the changes of an edit that waits
    for review, for its author's and its category's leaders' eyes only; whether other words are `suggested` for it;
    `helper_id` and `helper_name`, of whoever wrote it for its author. None when there is no such gig.
    """
    return _one(viewer is not None).one_or_none(gig_id=gig_id, **viewer_of(viewer))


@cache
def _one(signed_in: bool) -> Reading:
    apart = (is_apart() if signed_in else false()).label("apart")
    tie = tie_columns(VIEWER, Gig.author_id) if signed_in else ()
    waiting = (_PROPOSED.label("proposed"), _SUGGESTED.label("suggested"))
    return Reading(
        joined(select(*row_columns(signed_in), *LONG, apart, *tie, *waiting, Gig.helper_id, _HELPER)).where(
            Gig.id == bindparam("gig_id")
        )
    )
