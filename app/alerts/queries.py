"""What the pages of alerts read."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, any_, bindparam, func, literal_column, select

from app.alerts.models import Alert, AlertMatch, AlertWeighing
from app.alerts.weighing import answers
from app.core.database import db
from app.core.paging import Keyset, Page
from app.core.reading import Reading
from app.feeds.queries import IN_A_FEED
from app.gigs.audience import VIEWER, meant_for
from app.gigs.models import Gig
from app.gigs.queries.open_gigs import FILTERS, FOUND, shape_of, values_of
from app.gigs.queries.rows import LONG, OPEN, joined, row_columns
from app.gigs.search import Search
from tenants.context import Actor
from tenants.isolation import scoped

_VISIBLE = (OPEN, meant_for(signed_in=True), Gig.author_id != VIEWER)
_OF_MATCH = and_(AlertMatch.tenant_id == Gig.tenant_id, AlertMatch.gig_id == Gig.id)
_COUNTED = (
    select(
        AlertMatch.alert_id,
        func.count().filter(AlertMatch.letter_id.is_(None)).label("waiting"),
        func.max(AlertMatch.found_at).label("last_at"),
    )
    .select_from(Gig)
    .join(AlertMatch, _OF_MATCH)
    .join(Alert, and_(Alert.tenant_id == AlertMatch.tenant_id, Alert.id == AlertMatch.alert_id))
    .where(scoped(Gig), Alert.member_id == VIEWER, *_VISIBLE)
    .group_by(AlertMatch.alert_id)
    .subquery("counted")
)
_MINE = (
    select(Alert, func.coalesce(_COUNTED.c.waiting, 0).label("waiting"), _COUNTED.c.last_at)
    .outerjoin(_COUNTED, _COUNTED.c.alert_id == Alert.id)
    .where(scoped(Alert), Alert.member_id == VIEWER)
    .order_by(Alert.created_at.desc(), Alert.id)
)
_ONE = _MINE.where(Alert.id == bindparam("alert_id", type_=Uuid()))
_FOUND = Keyset(
    joined(select(*row_columns(signed_in=True), AlertMatch.found_at, AlertMatch.letter_id))
    .join(AlertMatch, _OF_MATCH)
    .where(scoped(AlertMatch), AlertMatch.alert_id == bindparam("alert_id", type_=Uuid()), *_VISIBLE),
    by=("found_at", "id"),
    descending=True,
)


def alerts_of(member_id: UUID) -> Sequence[Any]:
    """Return a member's alerts, the newest first, as rows `(Alert, waiting, last_at)`: how many gigs wait to be told, and
    when it last found one that can be seen.
    """
    return db.session.execute(_MINE, {"viewer": member_id}).all()


def waiting_for(alert: Alert) -> int:
    """Return how many gigs wait that an alert has yet to tell of."""
    return int(db.session.execute(_ONE, {"viewer": alert.member_id, "alert_id": alert.id}).one().waiting)


def found_by(alert: Alert, at: str | None) -> Page[Any]:
    """Return a page of what an alert has found and its member may see, the last first; columns as in `listing`."""
    return _FOUND.page(at, alert_id=alert.id, viewer=alert.member_id)


def same_as(asked: dict[str, str], member_id: UUID) -> UUID | None:
    """Return the member's alert for the very same search, or None."""
    same = select(Alert.id).where(scoped(Alert), Alert.member_id == member_id, Alert.asked == asked)
    return db.session.scalars(same.limit(1)).one_or_none()


def newest_for(search: Search, reader: Actor, alert: Alert, found: Sequence[UUID] | None) -> Sequence[Any]:
    """Return the newest gigs that answer an alert, as its member may see them; columns as on a gig's page.

    :param found: what the words of the search find.
    """
    values = values_of(search, reader, found)
    return _feed(shape_of(search), found is not None).rows(**values, alert_id=alert.id)


@cache
def _feed(shape: tuple[str, ...], has_words: bool) -> Reading:
    gigs = joined(select(*row_columns(signed_in=True), *LONG)).where(*_VISIBLE, *(FILTERS[name] for name in shape))
    if has_words:
        # What says only most of the words is on the page of the search; in a feed it would be noise.
        says_all = and_(
            scoped(AlertWeighing),
            AlertWeighing.gig_id == Gig.id,
            scoped(Alert),
            Alert.id == bindparam("alert_id", type_=Uuid()),
            answers(AlertWeighing.keys, AlertWeighing.words, Gig.author_id),
        )
        gigs = gigs.where(Gig.id == any_(FOUND), select(AlertWeighing.gig_id).where(says_all).correlate(Gig).exists())
    newest = gigs.order_by(Gig.published_at.desc(), Gig.id.desc())
    return Reading(newest.limit(literal_column(str(IN_A_FEED))))
