"""An alert's gigs for feed readers, at an address that only its member knows: as Atom and as JSON Feed."""

from datetime import timedelta
from typing import Any

from flask import Response, request, url_for
from sqlalchemy import select

from app.alerts.blueprint import blueprint
from app.alerts.models import Alert
from app.alerts.queries import newest_for
from app.alerts.wording import in_words
from app.authorization import forget_nothing, public
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.limits import allow
from app.core.tokens import digest
from app.feeds import atom, json_feed
from app.feeds.feed import feed_of
from app.gigs.searchable import KIND
from app.notifications.reader import Reader, reader_or_none
from app.policies import LOOK_AROUND, allows
from app.search.matching import answer
from app.search.question import Question
from tenants.context import acting_as, current_tenant
from tenants.isolation import scoped
from tenants.links import hall_url, origin

_WRITERS: dict[str, Any] = {"atom": atom, "json": json_feed}
_HOUR = timedelta(hours=1)
# As for calendars: programs look a few times an hour, whoever tries addresses is stopped long before that helps.
_LOOKS, _MISSES = 120, 60


@blueprint.get("/alerts/feed/<token>.<any(atom, json):form>")
@public
def feed(token: str, form: str) -> Response:
    """A program asks for this, signed in as nobody: the address is the proof."""
    alert, reader = _alert_or_404(token)
    allow("alert feed", str(alert.id), limit=_LOOKS, per=_HOUR)
    hall, writer = current_tenant(), _WRITERS[form]
    with acting_as(reader.actor):
        search = alert.search
        found = answer(Question.read(search.q), KIND, for_visitors=False).ids if search.q else None
        said = feed_of(
            hall,
            newest_for(search, reader.actor, alert, found),
            title=f"{alert.name} · {hall.name}",
            subtitle=in_words(search),
            home_url=origin(hall.host) + url_for("gigs.index") + search.query(),
            own_url=hall_url(hall, "alerts.feed", token=token, form=form),
        )
    response = Response(writer.written(said), mimetype=writer.TYPE, headers={"Cache-Control": "private, no-cache"})
    response.add_etag()
    # Werkzeug promises its own class; it gives back the very response.
    return response.make_conditional(request)  # type: ignore[return-value]


def _alert_or_404(token: str) -> tuple[Alert, Reader]:
    """Return the alert whose feed is at an address, and its member.

    :raises NotFound: for a wrong address, one that was reset, an alert that rests or has ended, somebody who is not here or may
        not look around.
    """
    wanted = select(Alert).where(scoped(Alert), Alert.feed_hash == digest(token))
    alert = db.session.scalars(wanted).one_or_none()
    reader = reader_or_none(alert.member_id) if alert else None
    may_look = reader is not None and allows(LOOK_AROUND, reader.actor)
    if (
        alert is None
        or reader is None
        or not (reader.is_active and may_look and alert.is_on)
        or alert.has_ended(clock.now())
    ):
        forget_nothing()
        allow("wrong alert feeds", request.remote_addr or "", limit=_MISSES, per=_HOUR)
        raise NotFound
    return alert, reader
