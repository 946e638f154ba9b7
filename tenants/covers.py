"""What a member has of memberships at a moment, as one text that `Cover.read` understands: for the first read of a request."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    extract,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

# The columns alone: what a membership is, is said far above (`app.memberships`), and who is here is asked before all else.
_TIME = DateTime(timezone=True)
_MEMBERSHIPS = table(
    "memberships",
    column("tenant_id", BigInteger),
    column("id", Uuid),
    column("member_id", Uuid),
    column("tier_id", Uuid),
    column("state", Text),
    column("subscription_id", Text),
    column("began_at", _TIME),
    column("paid_until", _TIME),
    column("grace_until", _TIME),
    column("cancels_at", _TIME),
    column("ended_at", _TIME),
)
_M = _MEMBERSHIPS.c


def _word(text: str) -> Any:
    return literal_column(f"'{text}'", Text)


def covers(tenant_id: Any, member_id: Any, now: Any) -> Any:
    """Return the scalar subquery for what a member, given as columns, has at `now`. It says of each membership what
    `Membership.gives_access` says.
    """
    ended, owed = _M.state == _word("ended"), _M.grace_until.is_not(None)
    runs_on = and_(_M.subscription_id.is_not(None), _M.cancels_at.is_(None))
    unpaid = and_(runs_on, _M.paid_until.is_not(None), _M.ended_at > _M.paid_until)
    kind = case(
        (and_(ended, unpaid), _word("lapsed")),
        (ended, _word("over")),
        (and_(owed, now < _M.grace_until), _word("grace")),
        (owed, _word("lapsed")),
        (or_(runs_on, _M.paid_until.is_(None), now < _M.paid_until), _word("member")),
        else_=_word("over"),
    )
    until = cast(cast(func.ceil(extract("epoch", _M.grace_until)), BigInteger), Text)
    entry = kind + _word(":") + cast(_M.tier_id, Text) + _word(":") + func.coalesce(until, _word(""))
    return (
        select(func.string_agg(entry, aggregate_order_by(literal_column("','", Text), _M.began_at, _M.id)))
        .select_from(_MEMBERSHIPS)
        .where(_M.tenant_id == tenant_id, _M.member_id == member_id)
        .scalar_subquery()
    )
