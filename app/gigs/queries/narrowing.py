"""What narrows a search for words down beside the usual filters: skills, pay, hours a week, due dates, free places."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Date, and_, any_, bindparam, case, func, literal_column

from app.gigs.models import Gig
from app.gigs.queries.rows import HAS_ROOM
from app.gigs.search import DUE, HOURS, PAY

_TODAY: Any = bindparam("today", type_=Date())
_CURRENCY: Any = bindparam("currency")
_MOST_PAID: Any = func.coalesce(Gig.pay_max, Gig.pay_min)
_A_WEEK: Any = Gig.effort_minutes * case(
    (Gig.effort_span == literal_column("'week'"), literal_column("1")),
    (Gig.effort_span == literal_column("'day'"), literal_column("5")),
)
#: What a gig pays in all, as far as it says: hours times the rate, of unknown hours a day's.
PAID_IN_ALL: Any = func.coalesce(
    _MOST_PAID
    * case(
        (Gig.pay_kind == literal_column("'hourly'"), func.greatest(1, func.coalesce(Gig.effort_minutes, 480) / 60)),
        else_=1,
    ),
    literal_column("0"),
    type_=BigInteger,
).label("paid_in_all")


def _pays(choice: str) -> ColumnElement[bool]:
    kind, least = choice.split("-")
    return and_(
        Gig.pay_kind == literal_column(f"'{kind}'"),
        Gig.currency == _CURRENCY,
        literal_column(f"{least}00") <= _MOST_PAID,
    )


#: Each condition by the name that it has in a search's shape.
NARROWING: dict[str, ColumnElement[bool]] = {
    "skill": bindparam("skill") == any_(Gig.needs),
    **{f"pay_{choice}": _pays(choice) for choice in PAY},
    **{f"hours_{hours}": literal_column(str(int(hours) * 60)) >= _A_WEEK for hours in HOURS},
    **{f"due_{name}": Gig.due_on <= _TODAY + literal_column(str(days)) for name, days in DUE.items()},
    "room_free": HAS_ROOM,
}


def group_of(name: str) -> str:
    """Return the filter that a name of a shape belongs to: `pay_fixed-100` is of `pay`."""
    return name.partition("_")[0]
