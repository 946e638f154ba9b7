"""What departures leave to the worker: a second look, and a last letter."""

from datetime import timedelta
from uuid import UUID

from app.accounts.models import User
from app.applications.answering import step_back
from app.core import clock
from app.core.database import db
from app.core.jobs import job
from app.core.languages import lazy_gettext as _l
from app.core.mail import send
from app.departures.ending import end_gigs
from app.departures.forgetting import forget
from app.departures.letters import of_goodbye
from tenants.context import current_tenant_id, tenant
from tenants.models import Member

AFTER = timedelta(minutes=10)
_WORDS = _l("They are no longer a member here.")


@job("departures.look_again")
def look_again(*, member_id: str) -> None:
    """Settle and forget once more: a page that was being sent in another tab while its member left may have come later."""
    member = db.session.get_one(Member, (current_tenant_id(), UUID(member_id)))
    if member.is_active:
        return
    step_back(member.id, by=None, why=_WORDS, now=clock.now())
    end_gigs(member.id, by=None, why=_WORDS)
    forget(member)


@job("departures.say_goodbye", queue="mail")
def say_goodbye(*, user_id: str, key: str) -> None:
    """Confirm to a person that they left, at the address of their account: nobody should leave without knowing of it.

    :param key: what makes a second try the same message.
    """
    user = db.session.get(User, UUID(user_id))
    if user is None or not user.is_verified or user.is_disabled:
        return
    send(of_goodbye().to(user.email, message_id=f"goodbye-{key}", tenant=tenant))
