"""The alerts of the demo's members, with what they have found by now: told until yesterday, and the newest still waiting."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import func, select, update

from app.alerts.gathering import gather
from app.alerts.models import Alert, AlertLetter, AlertMatch
from app.alerts.weighing import weigh
from app.core import clock
from app.core.database import db
from app.gigs.models import Gig
from app.gigs.search import Search
from app.gigs.searchable import GIGS
from app.search.keeping import refresh
from app.seeds.hall import Hall
from tenants.isolation import scoped

_UNTOLD = timedelta(hours=40)


def tell_of_alerts(hall: Hall) -> None:
    """Let members save their searches, each on its day, and find what was posted since."""
    db.session.flush()
    gigs = sorted((gig for gig in hall.gigs.values() if gig.state == "open"), key=lambda gig: gig.state_changed_at)
    # Alerts look at what the search knows, which otherwise learns of all this at the very end.
    refresh(GIGS, [gig.id for gig in gigs])
    for entry in hall.content.alerts.get("alert", ()):
        _save(hall, entry)
    told = clock.now() - _UNTOLD
    _find(gig for gig in gigs if gig.state_changed_at <= told)
    _tell(at=told)
    _find(gig for gig in gigs if gig.state_changed_at > told)
    for alert in db.session.scalars(select(Alert).where(scoped(Alert))):
        alert.plan(hall.actor(alert.member_id), now=clock.now())


def _save(hall: Hall, entry: dict[str, object]) -> None:
    chosen = {"pace": "daily", "weekday": 0, "hour": 8, "in_app": True, "by_mail": True}
    chosen |= {name: entry[name] for name in ("name", *chosen) if name in entry}
    saved = hall.days.moment(str(entry["on"]), usually=time(19), salt=str(entry["name"]))
    asked = entry["asks"]
    assert isinstance(asked, dict)
    alert = Alert.save(Search.read(asked), by=hall.actor(str(entry["who"])), now=saved, **chosen)
    if entry.get("paused"):
        alert.pause()
    if entry.get("feed"):
        alert.open_feed()


def _find(gigs: Iterable[Gig]) -> None:
    for gig in gigs:
        weigh(gig.id, now=gig.state_changed_at + timedelta(minutes=1))


def _tell(*, at: datetime) -> None:
    """Tell what was found until then as if it had been mailed in its time, so that no mail of it leaves."""
    without = {"synchronize_session": False}
    db.session.flush()
    db.session.execute(update(Alert).where(scoped(Alert)).values(next_at=at), execution_options=without)
    gather(now=at)
    letters = update(AlertLetter).where(scoped(AlertLetter)).values(state="sent", sent_at=at)
    db.session.execute(letters, execution_options=without)
    matches = update(AlertMatch).where(scoped(AlertMatch), AlertMatch.letter_id.is_not(None))
    db.session.execute(matches.values(told_at=func.coalesce(AlertMatch.told_at, at)), execution_options=without)
    db.session.expire_all()
