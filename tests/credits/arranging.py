"""Hours, arranged in domain words."""

from app.core import clock
from app.core.database import db
from app.core.ids import new_id
from app.credits.correcting import correct, settle_rules
from app.credits.models import CreditAccount
from tenants.models import Member
from tests.factories import a_leader, a_published_gig, acting, an_agreement


def an_agreement_on_hours(minutes=180, *, client, worker, state="proposed", **terms):
    """Return an agreement by which a client gives minutes to a worker."""
    gig = a_published_gig(by=client, settlement="credits", credits_minutes=minutes, seats=5)
    return an_agreement(gig=gig, applicant=worker, state=state, **terms)


def the_rules(*, opening=0, may_owe=20 * 60):
    """Let everybody begin with and owe so many minutes."""
    leader = acting(a_leader(f"Leader {new_id()}"))
    settle_rules(opening=opening, may_owe=may_owe, by=leader, now=clock.now())
    db.session.commit()
    return leader


def given(member, minutes, by):
    """Let a leader give a member minutes of the hall's."""
    correct(member.id, minutes, key=new_id(), why="For last year's work.", by=by, now=clock.now())
    db.session.commit()


def everything():
    """Return the sum of all balances, which is nothing."""
    return sum(db.session.scalars(db.select(CreditAccount.balance)))


def actor(member_id):
    return acting(db.session.scalars(db.select(Member).where(Member.id == member_id)).one())
