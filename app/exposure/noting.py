"""Noting what was shown, so cheaply that no page is slower for it: counted in memory, written a few times a minute.

A page that a member gets from memory (`app.remembering`) is the very page they saw before, and counts as seen once. Nothing is
noted for visitors, whose pages belong to nobody. What a process has counted since its last writing is lost when it is killed:
a few seconds of a figure that nobody is owed.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from logging import getLogger
from threading import Lock
from typing import Literal, cast
from uuid import UUID

from flask import Flask, Response, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.database import db
from tenants.context import current_tenant, tenant_context

Kind = Literal["gig", "member"]
_Page = tuple[int, Kind, date]

_log = getLogger(__name__)
_PACE = timedelta(seconds=10)
# Always in one order, so that two processes that write of the same things wait for each other and never in a circle. What is
# gone meanwhile is left out.
_ADD = {
    "gig": text(
        """
        INSERT INTO gig_exposures (tenant_id, gig_id, day, times)
        SELECT gigs.tenant_id, gigs.id, :day, noted.times
          FROM unnest(CAST(:ids AS uuid[]), CAST(:times AS integer[])) AS noted (id, times)
          JOIN gigs ON gigs.tenant_id = :tenant_id AND gigs.id = noted.id
         ORDER BY gigs.id
            ON CONFLICT (tenant_id, gig_id, day) DO UPDATE SET times = gig_exposures.times + excluded.times
        """
    ),
    "member": text(
        """
        INSERT INTO member_exposures (tenant_id, member_id, day, times)
        SELECT members.tenant_id, members.id, :day, noted.times
          FROM unnest(CAST(:ids AS uuid[]), CAST(:times AS integer[])) AS noted (id, times)
          JOIN members ON members.tenant_id = :tenant_id AND members.id = noted.id AND members.standing = 'active'
         ORDER BY members.id
            ON CONFLICT (tenant_id, member_id, day) DO UPDATE SET times = member_exposures.times + excluded.times
        """
    ),
}


class Noted:
    """What a process has counted and not written yet."""

    def __init__(self, pace: timedelta = _PACE) -> None:
        self.pace = pace
        self._lock = Lock()
        self._counts: dict[_Page, Counter[UUID]] = {}
        self._since: datetime | None = None

    def add(self, page: _Page, ids: Iterable[UUID], *, now: datetime) -> None:
        """Count each of these once more."""
        with self._lock:
            self._counts.setdefault(page, Counter()).update(ids)
            self._since = self._since or now

    def is_due(self, now: datetime) -> bool:
        """Whether something has waited long enough to be written."""
        return self._since is not None and now - self._since >= self.pace

    def take(self) -> dict[_Page, Counter[UUID]]:
        """Return everything that was counted, and begin anew."""
        with self._lock:
            counts, self._counts, self._since = self._counts, {}, None
        return counts


def install(application: Flask) -> None:
    """Let an application write what it has counted, after the answer that finds it due has been sent."""
    application.extensions["exposure"] = Noted()

    def write_later(response: Response) -> Response:
        if _noted().is_due(clock.now()):
            response.call_on_close(lambda: _write_in(application))
        return response

    application.after_request(write_later)


def note_shown(kind: Kind, ids: Iterable[UUID]) -> None:
    """Count that a member was shown each of these gigs or members."""
    hall = current_tenant()
    _noted().add((hall.id, kind, clock.today(hall.time_zone)), ids, now=clock.now())


def write_noted() -> None:
    """Write what this process has counted: one statement for each tenant, kind and day."""
    for (tenant_id, kind, day), counts in _noted().take().items():
        with tenant_context(tenant_id):
            lists = {"ids": list(counts), "times": list(counts.values())}
            db.session.execute(_ADD[kind], {"tenant_id": tenant_id, "day": day, **lists})
            db.session.commit()


def _write_in(application: Flask) -> None:
    # The answer has been sent and its context is gone.
    with application.app_context():
        try:
            write_noted()
        except SQLAlchemyError:
            _log.warning("what was shown could not be counted", exc_info=True)


def _noted() -> Noted:
    return cast(Noted, current_app.extensions["exposure"])
