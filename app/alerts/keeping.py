"""What a member does with an alert: save, change, pause, renew, end it; and its private address for feed readers."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import String, cast, delete, func, insert, select
from sqlalchemy.dialects.postgresql import REGCONFIG

from app.alerts.schedule import next_moment
from app.core.database import Base, db
from app.core.errors import Conflict
from app.core.languages import lazy_gettext as _l
from app.core.tokens import digest, matches
from app.gigs.search import Search
from app.memberships.limits import hold_to
from app.notifications.inbox import take_back
from app.search.languages import configuration
from tenants.context import Actor, current_tenant, current_tenant_id
from tenants.isolation import scoped
from tenants.models import Member

if TYPE_CHECKING:
    from app.alerts.asking import Asking

#: How many a member may have.
MOST = 20
LIFE = timedelta(days=365)
#: So long before its end a member is reminded.
NOTICE = timedelta(days=14)


class TooManyAlerts(Conflict):
    message = _l(
        "You have %(most)s alerts, which is as many as there can be. Delete one that you no longer need.", most=MOST
    )


class Kept:
    """The verbs of an alert."""

    id: UUID
    member_id: UUID
    name: str
    asked: dict[str, Any]
    requires: list[str]
    wanted: Any
    around: str | None
    state: str
    pace: str
    weekday: int
    hour: int
    in_app: bool
    by_mail: bool
    feed_key: UUID | None
    feed_hash: str | None
    since: datetime
    expires_at: datetime
    reminded_at: datetime | None
    next_at: datetime | None

    @classmethod
    def save(cls, search: Search, *, by: Actor, now: datetime, **choices: Any) -> Self:
        """Return a new alert of a member's. `choices` are its name, pace, weekday, hour and channels.

        :raises TooManyAlerts: when they have as many as there can be.
        :raises LimitReached: when their membership gives no more.
        :raises NothingToLookFor: when no gig could ever match.
        """
        # Locked, so that two at once are counted after one another.
        db.session.execute(select(Member.id).where(scoped(Member), Member.id == by.id).with_for_update(key_share=True))
        having = select(func.count()).select_from(cls).where(scoped(cls), cls.member_id == by.id)  # type: ignore[arg-type]
        count = db.session.execute(having).scalar_one()
        if count >= MOST:
            raise TooManyAlerts
        hold_to("alerts", by.id, used=lambda: count)
        alert = cls(
            member_id=by.id,
            asked=words_of(search),
            created_at=now,
            since=now,
            expires_at=now + LIFE,
            **choices,
        )
        asking = alert.understand()
        alert.plan(by, now=now)
        db.session.add(alert)
        db.session.flush()
        alert._anchor(asking)
        return alert

    def revise(self, *, by: Actor, now: datetime, **choices: Any) -> None:
        """Change its name, how often and where it tells."""
        for name, value in choices.items():
            setattr(self, name, value)
        self.plan(by, now=now)

    def pause(self) -> None:
        """Look for nothing until it is resumed."""
        self.state = "paused"

    def resume(self, *, by: Actor, now: datetime) -> None:
        """Look again. What came and was open meanwhile is on the page of the search."""
        if self.state == "paused":
            self.state, self.since = "on", now
            self.plan(by, now=now)

    def renew(self, *, now: datetime) -> None:
        """Run for another year from now; after its end, as from new."""
        if self.expires_at <= now:
            self.since = now
        self.expires_at, self.reminded_at = now + LIFE, None

    def end(self) -> None:
        """Delete it, with what it found and what the list behind the bell says of it."""
        take_back("alert", select(cast(type(self).id, String)).where(scoped(type(self)), type(self).id == self.id))
        db.session.delete(self)
        db.session.flush()

    def look_in(self, slug: str) -> None:
        """Look in another category than it was asked to: that one is no more."""
        self.asked = {**self.asked, "category": slug}
        self._anchor(self.understand())

    def stop_mail(self) -> None:
        """Tell of nothing by e-mail any more."""
        self.by_mail = False

    def plan(self, by: Actor, *, now: datetime) -> None:
        """Fix when it tells next, on its member's clock."""
        zone = by.time_zone or current_tenant().time_zone
        self.next_at = next_moment(self.pace, self.weekday, self.hour, zone=zone, after=now)

    def understand(self) -> "Asking":
        """Hold gigs against what its words mean by now: the marketplace has learnt others."""
        # It reads gigs and alerts, which are made of this.
        from app.alerts.asking import asking_of

        asking = asking_of(self.search)
        self.requires = asking.requires
        self.around = next((one for one in asking.requires if one.startswith("around=")), None)
        self.wanted = func.to_tsquery(cast(configuration(), REGCONFIG), asking.wanted) if asking.wanted else None
        return asking

    def learn(self) -> None:
        """Understand it anew, and be found by that."""
        asking = self.understand()
        db.session.flush()
        self._anchor(asking)

    def open_feed(self) -> None:
        """Give it an address for feed readers; one that it had leads nowhere from now on."""
        self.feed_key = uuid4()
        self.feed_hash = digest(_token(self.feed_key))

    def close_feed(self) -> None:
        self.feed_key = self.feed_hash = None

    @property
    def search(self) -> Search:
        """What it asks, as the listing does."""
        return Search.read(self.asked)

    @property
    def is_on(self) -> bool:
        return self.state == "on"

    def has_ended(self, now: datetime) -> bool:
        return self.expires_at <= now

    def ends_soon(self, now: datetime) -> bool:
        """Whether its member has been, or soon will be, reminded of its end."""
        return now < self.expires_at <= now + NOTICE

    @property
    def feed_token(self) -> str | None:
        """The secret in its feed's address; None where there is none, or the installation has another key by now."""
        token = _token(self.feed_key) if self.feed_key else None
        return token if token and self.feed_hash and matches(token, self.feed_hash) else None

    def _anchor(self, asking: "Asking") -> None:
        anchors = Base.metadata.tables["alert_anchors"]
        db.session.execute(delete(anchors).where(scoped(anchors), anchors.c.alert_id == self.id))
        here = {"tenant_id": current_tenant_id(), "alert_id": self.id}
        db.session.execute(insert(anchors), [{**here, "anchor": anchor} for anchor in asking.anchors])


def words_of(search: Search) -> dict[str, str]:
    """Return what an alert keeps of a search: its words and filters; in which order they were shown does not matter."""
    return {**({"q": search.q} if search.q else {}), **search.filters}


def _token(key: UUID) -> str:
    secret = str(current_app.secret_key).encode()
    made = hmac.new(secret, b"alert:" + key.bytes, hashlib.sha256).digest()
    return urlsafe_b64encode(made).rstrip(b"=").decode()
