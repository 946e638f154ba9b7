"""What alerts write, with made-up gigs: a single one, a full letter of several alerts, and that an alert ends."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.alerts.letters import of_ending, of_gigs
from app.core import clock
from app.core.ids import new_id
from app.gigs.search import Search
from themes.letters import Letter

_SIGN = "Redraw our bakery's sign lettering"


def alert_letters() -> dict[str, Letter]:
    """Return the letters by the names of their pages, as the tenant in force writes them."""
    search, ends = Search(where="remote", settlement="favour"), clock.now() + timedelta(days=14)
    alert = SimpleNamespace(id=new_id(), name="Lettering", search=search, expires_at=ends)
    many = [_row("fit", "Lettering"), _row("fit", "Ligature"), _row("fresh", "Lettering"), _row("rare", "Lettering")]
    return {
        "alert-one-gig": of_gigs(new_id(), [_row("fit", "Lettering")]),
        "alert-many-gigs": of_gigs(new_id(), [*many, *(_row("also", "Lettering") for _ in range(8))]),
        "alert-ends": of_ending(alert),
    }


def _row(because: str, alert: str) -> Any:
    """Return all that a letter reads of a gig that an alert has found."""
    return SimpleNamespace(
        id=new_id(), title=_SIGN, category_name="Lettering", author_name="Orla Finch", because=because, alert=alert,
        alert_id=uuid5(NAMESPACE_URL, alert), held=["Lettering"] if because == "fit" else [], wanted=[], remote=True, place="",
        settlement="money", pay_kind="fixed", pay_min=48_000, pay_max=None, currency="GBP", effort_minutes=None,
    )  # fmt: skip
