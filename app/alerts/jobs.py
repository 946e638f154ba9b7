"""What alerts do after the answer: hold new gigs against what members ask for, gather, send, remind, learn new words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.alerts import ending
from app.alerts.asking import NothingToLookFor
from app.alerts.gathering import gather as gather_due
from app.alerts.gathering import moments_to_come
from app.alerts.keys import keys_of, know_circle
from app.alerts.models import Alert, AlertLetter
from app.alerts.sending import deliver
from app.alerts.weighing import falling_due, remember, unweighed, weigh
from app.core import clock
from app.core.database import db
from app.core.jobs import job, periodic
from billing.mails import note_posted, waits_until
from tenants.clockwork import tenants_where_it_is
from tenants.context import current_tenant_id
from tenants.isolation import scoped

#: In the night, and again in case that one failed; the afternoon catches up after a standstill.
HOURS = (3, 6, 15)
_AT_ONCE = 200


@job("alerts.weigh")
def weigh_gig(*, gig_id: str) -> None:
    """Hold one gig against all alerts."""
    for moment in weigh(UUID(gig_id), now=clock.now()):
        gather_at(moment)


@job("alerts.gather")
def gather() -> None:
    """Make letters of what the alerts that are due have found."""
    gathered = gather_due(now=clock.now())
    send.enqueue_each({"letter_id": letter_id} for letter_id in gathered.letters)
    for moment in gathered.moments:
        gather_at(moment)
    if gathered.has_more:
        gather.enqueue()


@job("alerts.send", queue="mail")
def send(*, letter_id: str) -> None:
    """Mail one letter to one member, unless that was done, or is no longer right; or tomorrow, where the plan has no room for it
    today.
    """
    letter, now = db.session.get(AlertLetter, (current_tenant_id(), UUID(letter_id)), with_for_update=True), clock.now()
    if letter is None or not letter.is_waiting:
        return
    tomorrow = waits_until(now=now)
    if tomorrow is not None:
        letter.wait("no room for it that day")
        send.enqueue_at(tomorrow, letter_id=letter_id)
        return
    deliver(letter, now=now)
    if letter.sent_at is not None:
        note_posted(now=now)


@job("alerts.remember", priority=-10)
def remember_open() -> None:
    """Know what gigs said that were open before there was any alert, so that a change of them can be news."""
    ids = unweighed(_AT_ONCE)
    remember(ids, keys_of(ids))
    if len(ids) == _AT_ONCE:
        remember_open.enqueue()


@job("alerts.draw", priority=-10)
def draw(*, circle: str) -> None:
    """Know what lies in a circle that an alert has drawn around a place."""
    know_circle(circle)


@job("alerts.learn", priority=-10)
def learn(*, after: str | None) -> None:
    """Understand the words of alerts anew, in the order of their ids from behind one: the marketplace has learnt others."""
    some = select(Alert).where(scoped(Alert), Alert.wanted.is_not(None)).order_by(Alert.id).limit(_AT_ONCE)
    alerts = db.session.scalars(some.where(Alert.id > UUID(after)) if after else some).all()
    for alert in alerts:
        try:
            alert.learn()
        except NothingToLookFor:
            # In the marketplace's new language its words say nothing; they stay as they were understood.
            continue
    if len(alerts) == _AT_ONCE:
        learn.enqueue(after=alerts[-1].id)


@periodic("37 * * * *", "alerts.clockwork")
def strike() -> None:
    """Reach every tenant in its night."""
    keep_up.enqueue_for(*tenants_where_it_is(HOURS, now=clock.now()))


@job("alerts.keep_up")
def keep_up() -> None:
    """Do what a day brings: gigs come near their due dates, alerts near their ends, words are learnt; and whatever was to be
    told by now is.
    """
    now = clock.now()
    weigh_gig.enqueue_each({"gig_id": gig_id} for gig_id in falling_due())
    send.enqueue_each({"letter_id": letter_id} for letter_id in ending.remind(now=now))
    learn.enqueue(once="all", after=None)
    for moment in moments_to_come():
        gather_at(moment)


def gather_at(moment: datetime) -> None:
    """Gather at a moment, once however many alerts tell then."""
    gather.enqueue_at(moment, once=f"{moment:%Y-%m-%dT%H:%M:%S}")
