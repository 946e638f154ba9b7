"""What access adds to a gig's own page: why one's gig rests, and how it comes back."""

from dataclasses import replace
from typing import Any

from app.core.languages import gettext as _
from app.gigs.standing import NextStep, Standing, refines_standing
from tenants.context import Actor


@refines_standing
def with_membership(gig: Any, viewer: Actor | None, standing: Standing) -> Standing:
    """Tell the author of a gig that is held what it waits for."""
    if viewer is None or viewer.id != gig.author_id or gig.held_at is None:
        return standing
    text = _("Posting here needs a membership, and yours is over or not paid. With one it is back by itself.")
    return replace(
        standing,
        text=text,
        steps=(NextStep(_("See to the membership"), href="/membership", kind="primary"), *standing.steps[1:]),
    )
