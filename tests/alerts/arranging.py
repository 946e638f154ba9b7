"""What the tests of alerts arrange and ask."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.alerts.models import Alert, AlertMatch
from app.core import clock
from app.core.database import db
from app.core.jobs import run_due
from app.gigs.models import Gig
from app.gigs.search import Search
from tenants.isolation import scoped
from tenants.models import Member
from tests.factories import acting


def an_alert(*, of: Member, pace: str = "at_once", name: str = "Mine", **asked: Any) -> Alert:
    """Return a new alert of a member's for the words and filters of a search."""
    chosen = {key: asked.pop(key) for key in ("weekday", "hour", "in_app", "by_mail") if key in asked}
    chosen = {"weekday": 0, "hour": 8, "in_app": True, "by_mail": True} | chosen
    owner = replace(acting(of), time_zone=of.time_zone)
    alert = Alert.save(Search.read(asked), by=owner, now=clock.now(), name=name, pace=pace, **chosen)
    db.session.commit()
    return alert


def found_by(alert: Alert) -> set[str]:
    """Return the titles of the gigs that an alert has found, once everything enqueued has run."""
    run_due()
    titles = select(Gig.title).join(AlertMatch, (AlertMatch.tenant_id == Gig.tenant_id) & (AlertMatch.gig_id == Gig.id))
    return set(db.session.scalars(titles.where(scoped(AlertMatch), AlertMatch.alert_id == alert.id)))
