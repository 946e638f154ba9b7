"""How long gigs waited for somebody, and raised hands for an answer, with those counted that wait still.

Only looking at what has found somebody would make a field look quick in which most find nobody. So the share is counted as
Kaplan and Meier do (1958): of what still waited at each moment, how much ended then; what is not over, or was taken back, counts
for as long as it was seen waiting. The span before is looked at as it stood when it ended: both were watched equally long.
"""

from typing import Any

from sqlalchemy import (
    DateTime,
    Float,
    Select,
    Subquery,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from app.activity.models import Activity
from app.agreements.models import Agreement
from app.applications.models import Application
from app.core.reading import Reading
from app.gigs.models import Gig
from tenants.isolation import scoped

CATEGORY: Any = bindparam("category_id", type_=Uuid())
BEFORE, SINCE, UNTIL = (bindparam(name, type_=DateTime(timezone=True)) for name in ("before", "since", "until"))
#: After so many days, or hours, it is said how much was over.
FILLED_DAYS, ANSWERED_HOURS = (1, 3, 7, 14, 30, 60, 90), (1, 4, 12, 24, 48, 96, 168)
_HOUR, _DAY = 3600, 86400
# What is as good as nothing, so that a logarithm can be taken of it; and a half, however it was rounded.
_NONE, _ALMOST_NONE, _HALF, _ALL = (literal_column(f"{some}::float") for some in ("0", "1e-9", "0.5000001", "1"))


def is_listed() -> Any:
    """Return whether a gig was posted and stands: neither a draft, nor looked at first, nor taken down."""
    return literal_column("gigs.state NOT IN ('draft', 'in_review', 'removed')")


def in_span(moment: Any) -> Any:
    """Return the column that says in which span a moment was: `now` or `before`."""
    now, before = literal_column("'now'"), literal_column("'before'")
    return case((moment >= SINCE, now), else_=before).label("span")


def _waits(what: str, begun: Any, over: Any, dropped: Any, *conditions: Any) -> Select[Any]:
    """Return for each thing that waited: in which span it began, how many seconds it was seen waiting, whether it was over
    then, and whether it waits still.
    """
    looked = case((begun >= SINCE, UNTIL), else_=SINCE)
    seen = func.least(looked, func.coalesce(over, dropped, looked))
    is_over = func.coalesce(over <= looked, literal_column("false"))
    seconds = func.greatest(cast(func.extract("epoch", seen - begun), Float()), _NONE)
    still = and_(~is_over, or_(dropped.is_(None), dropped > looked))
    return select(
        literal_column(f"'{what}'").label("what"),
        in_span(begun),
        seconds.label("seconds"),
        is_over.label("is_over"),
        still.label("waits"),
    ).where(begun >= BEFORE, begun < UNTIL, *conditions)


def _gigs() -> Select[Any]:
    found = (
        select(func.min(Agreement.agreed_at))
        .where(Agreement.tenant_id == Gig.tenant_id, Agreement.gig_id == Gig.id)
        .correlate(Gig)
        .lateral("found")
    )
    at: Any = found.c[0]
    ended = literal_column("gigs.state IN ('closed', 'expired')")
    dropped = case((ended, Gig.state_changed_at))
    return (
        _waits("gigs", Gig.published_at, at, dropped, scoped(Gig), Gig.category_id == CATEGORY, is_listed())
        .select_from(Gig)
        .join(found, literal_column("true"))
    )


def _hands() -> Select[Any]:
    # The clock's answer to what nobody answered is none.
    verbs = literal_column("activities.verb IN ('shortlist', 'decline', 'offer', 'close')")
    answer = (
        select(func.min(Activity.created_at))
        .where(Activity.tenant_id == Application.tenant_id, Activity.subject_kind == literal_column("'application'"))
        .where(Activity.subject_id == Application.id, verbs)
        .correlate(Application)
        .lateral("answer")
    )
    at: Any = answer.c[0]
    dropped = case((literal_column("applications.state = 'withdrawn'"), Application.state_changed_at))
    return (
        _waits("hands", Application.created_at, at, dropped, scoped(Application), Gig.category_id == CATEGORY)
        .select_from(Application)
        .join(Gig, and_(Gig.tenant_id == Application.tenant_id, Gig.id == Application.gig_id))
        .join(answer, literal_column("true"))
    )


def _lasting(waits: Subquery) -> Subquery:
    """Return at each moment at which a wait ended, or was last seen, the share of those that wait for longer."""
    moments = (
        select(
            waits.c.what,
            waits.c.span,
            waits.c.seconds,
            func.count().label("number"),
            func.count().filter(waits.c.is_over).label("over"),
            func.count().filter(waits.c.waits).label("waiting"),
        )
        .group_by(waits.c.what, waits.c.span, waits.c.seconds)
        .subquery("moments")
    )
    each: dict[str, Any] = {"partition_by": [moments.c.what, moments.c.span]}
    still = func.sum(moments.c.number).over(order_by=moments.c.seconds.desc(), **each)
    risked = select(moments, still.label("still")).subquery("risked")
    gone = func.greatest(_ALL - cast(risked.c.over, Float()) / cast(risked.c.still, Float()), _ALMOST_NONE)
    left = func.exp(
        func.sum(func.ln(gone)).over(partition_by=[risked.c.what, risked.c.span], order_by=risked.c.seconds)
    )
    return select(risked, left.label("longer")).subquery("lasting")


def _courses() -> Select[Any]:
    lasting = _lasting(union_all(_gigs(), _hands()).subquery("waits"))
    is_gigs = lasting.c.what == literal_column("'gigs'")

    def over_within(seconds: Any) -> Any:
        return _ALL - func.coalesce(func.min(lasting.c.longer).filter(lasting.c.seconds <= seconds), _ALL)

    wanted = {what: cast(bindparam(f"{what}_target", type_=Float()), Float()) for what in ("filled", "answered")}
    target = case((is_gigs, wanted["filled"]), else_=wanted["answered"])
    shares = [
        over_within(case((is_gigs, literal_column(str(days * _DAY))), else_=literal_column(str(hours * _HOUR))))
        for days, hours in zip(FILLED_DAYS, ANSWERED_HOURS, strict=True)
    ]
    return select(
        lasting.c.what,
        lasting.c.span,
        cast(func.sum(lasting.c.number), Float()).label("number"),
        cast(func.sum(lasting.c.over), Float()).label("over"),
        cast(func.sum(lasting.c.waiting), Float()).label("waiting"),
        func.max(lasting.c.seconds).label("reach"),
        func.min(lasting.c.seconds).filter(lasting.c.longer <= _HALF).label("half"),
        over_within(target).label("in_target"),
        *(share.label(f"within_{position}") for position, share in enumerate(shares)),
    ).group_by(lasting.c.what, lasting.c.span)


WAITS = Reading(_courses())
