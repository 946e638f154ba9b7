"""What is new for a member: open gigs that suit them, and which of them came since they were last here."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from app.core.timers import day_of
from app.matching.showing import suggested
from tenants.context import Actor, tenant

_MOST = 24
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class News:
    """Rows of gigs as markup, how many of those that suit are new, and since when; `is_off` where the member wants none."""

    rows: Markup
    fresh: int
    since: date | None
    is_off: bool

    @property
    def has_more(self) -> bool:
        """Whether as many are new as were looked at: there may be more."""
        return self.fresh == _MOST


def news_for(member: Actor, *, last_here: date | None, now: datetime) -> News:
    """Return what suits a member, best first: as far as it is new, else the best of all.

    :param last_here: the day of their last visit before today; None at their first.
    """
    found = suggested(member, now=now, most=_MOST)
    fresh = [
        one for one in found.gigs if last_here is None or day_of(one.row.published_at, tenant.time_zone) >= last_here
    ]
    return News(found.cards((fresh or found.gigs)[:_SHOWN]), len(fresh), last_here, found.is_off)
