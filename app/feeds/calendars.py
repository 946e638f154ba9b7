"""A member's due dates in the calendar that they already use: the file at its secret address, and the page that gives it."""

from datetime import timedelta
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.authorization import authorized, current_member, forget_nothing, public
from app.core import clock
from app.core.errors import NotFound
from app.core.languages import gettext as _
from app.core.limits import allow
from app.feeds.blueprint import blueprint
from app.feeds.calendar_file import TYPE, written
from app.feeds.due_dates import due_dates
from app.feeds.models import CalendarAddress, member_at
from app.notifications.reader import Reader, reader_or_none
from app.policies import BE_HERE
from tenants.context import acting_as, current_tenant
from tenants.links import hall_url

_HOUR = timedelta(hours=1)
# Programs look a few times an hour, each device for itself; whoever tries addresses is stopped long before that helps.
_LOOKS, _MISSES = 120, 60


@blueprint.get("/calendar/<token>.ics")
@public
def calendar(token: str) -> Response:
    """A program asks for this, signed in as nobody: the address is the proof."""
    reader = _reader_or_404(token)
    allow("calendar", str(reader.actor.id), limit=_LOOKS, per=_HOUR)
    hall = current_tenant()
    with acting_as(reader.actor):
        body = written(_("Due dates · %(name)s", name=hall.name), due_dates(hall, reader.actor.id))
    response = Response(body, mimetype=TYPE, headers={"Cache-Control": "private, no-cache"})
    response.add_etag()
    # Werkzeug promises its own class; it gives back the very response.
    return response.make_conditional(request)  # type: ignore[return-value]


@blueprint.get("/settings/calendar")
@authorized(BE_HERE)
def settings() -> str:
    address = CalendarAddress.of(current_member().id)
    token = address.token if address else None
    link = hall_url(current_tenant(), "feeds.calendar", token=token) if token else None
    return render_template("feeds/calendar.html", address=address, link=link)


@blueprint.post("/settings/calendar")
@authorized(BE_HERE)
def renew() -> AnyResponse:
    """Give the member an address, or another one in place of what somebody else may know."""
    CalendarAddress.renew(current_member().id, now=clock.now())
    flash(_("Here is the address of your calendar."))
    return redirect(url_for(".settings"))


@blueprint.post("/settings/calendar/end")
@authorized(BE_HERE)
def end() -> AnyResponse:
    address = CalendarAddress.of(current_member().id)
    if address is not None:
        address.end()
    flash(_("The address leads nowhere now. What your calendar has copied, you remove there."))
    return redirect(url_for(".settings"))


def _reader_or_404(token: str) -> Reader:
    """Return the member whose calendar is at an address.

    :raises NotFound: for a wrong address, one that was reset, and that of somebody who is no longer here.
    """
    member_id: UUID | None = member_at(token)
    reader = reader_or_none(member_id) if member_id else None
    if reader is None or not reader.is_active:
        forget_nothing()
        allow("wrong calendars", request.remote_addr or "", limit=_MISSES, per=_HOUR)
        raise NotFound
    return reader
