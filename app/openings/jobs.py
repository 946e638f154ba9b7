"""What the platform writes to the leaders of a marketplace."""

from uuid import UUID

from app.accounts.models import User
from app.activity.models import Activity
from app.core.database import db
from app.core.jobs import job
from app.core.mail import Undeliverable, send
from app.openings import letters
from tenants.context import current_tenant_id, tenant
from tenants.models import Member


@job("openings.tell_leader", queue="mail")
def tell_leader(*, member_id: str, activity_id: str) -> None:
    """Mail a leader that their marketplace was suspended, closed or reopened, and why: unless that is no longer so."""
    fact = db.session.get_one(Activity, (current_tenant_id(), UUID(activity_id)))
    member = db.session.get_one(Member, (current_tenant_id(), UUID(member_id)))
    user = db.session.get(User, member.user_id) if member.user_id else None
    if fact.to_state != tenant.status or user is None or not user.is_verified or user.is_disabled:
        return
    try:
        letter = letters.of_standing(fact)
        send(letter.to(user.email, message_id=f"standing-{fact.id}-{member.id}", tenant=tenant))
    except Undeliverable:
        return
