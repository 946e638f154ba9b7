"""What is new for a member: open gigs that fit their skills, and which of them came since they were last here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup

from app.core.timers import day_of
from app.gigs.cards import cards
from app.gigs.queries import fitting
from tenants.context import Actor, tenant

_MOST = 24
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class News:
    """Rows of gigs as markup, how many of those that fit are new, and since when."""

    rows: Markup
    fresh: int
    since: date | None

    @property
    def has_more(self) -> bool:
        """Whether as many are new as were looked at: there may be more."""
        return self.fresh == _MOST


def news_for(member: Actor, *, last_here: date | None, without: Sequence[UUID]) -> News:
    """Return what fits a member, newest first: as far as it is new, else the few latest.

    :param last_here: the day of their last visit before today; None at their first.
    :param without: gigs that they know already, having raised a hand.
    """
    found = fitting(member, without, _MOST)
    fresh = [gig for gig in found if last_here is None or day_of(gig.published_at, tenant.time_zone) >= last_here]
    return News(cards((fresh or found)[:_SHOWN]), len(fresh), last_here)
