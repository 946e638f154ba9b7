"""What accounts do after the answer: mail a code or a notice, and clear away what has run out."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, or_

from app.accounts import letters
from app.accounts.models import EmailCode, Handover, IdentitySession, User
from app.core import clock
from app.core.database import db
from app.core.jobs import periodic, platform_job
from app.core.languages import speaking
from app.core.mail import send
from tenants.resolution import tenant_by_slug

# Kept a while after its end, so that a person who asks "why did it not work" can be answered.
_REMEMBERED = timedelta(days=1)


@platform_job("accounts.send_code", queue="mail", priority=10)
def send_code(*, code_id: str, hall: str | None, language: str = "") -> None:
    """Mail the digits of a code, in the name of the hall that the person is on their way to and in the language of the page."""
    code = db.session.get(EmailCode, UUID(code_id))
    if code is None or code.used_at is not None or code.expires_at <= clock.now():
        return
    tenant = tenant_by_slug(hall) if hall else None
    with speaking(language):
        letter = letters.with_code(code, tenant.name if tenant else "Guildhall")
        mail = letter.to(code.email, message_id=f"code-{code.id}", tenant=tenant)
    send(mail)


@platform_job("accounts.tell_of_new_password", queue="mail")
def tell_of_new_password(*, user_id: str, session: str, language: str = "") -> None:
    """Tell a person that their password was set, by the session that began with it."""
    user = db.session.get(User, UUID(user_id))
    if user is not None:
        with speaking(language):
            mail = letters.of_new_password().to(user.email, message_id=f"new-password-{session}")
        send(mail)


@periodic("23 3 * * *", "accounts.sweep")
def sweep() -> None:
    """Remove codes, hand-overs and sessions that ended more than a day ago."""
    before = clock.now() - _REMEMBERED
    for kind in (EmailCode, Handover):
        db.session.execute(delete(kind).where(kind.expires_at < before))
    # A hall's session whose identity session is gone counts as ended, so the revoked may go too.
    ended = or_(IdentitySession.expires_at < before, IdentitySession.revoked_at < before)
    db.session.execute(delete(IdentitySession).where(ended))
