"""What accounts do after the answer: mail a code, and clear away what has run out."""

from datetime import timedelta
from uuid import UUID

from flask import render_template
from sqlalchemy import delete, or_

from app.accounts.models import EmailCode, Handover, IdentitySession
from app.core import clock
from app.core.database import db
from app.core.jobs import periodic, platform_job
from app.core.mail import Mail, send
from tenants.resolution import tenant_by_slug

# Kept a while after its end, so that a person who asks "why did it not work" can be answered.
_REMEMBERED = timedelta(days=1)


@platform_job("accounts.send_code", queue="mail", priority=10)
def send_code(*, code_id: str, hall: str | None) -> None:
    """Mail the digits of a code, in the name of the hall that the person is on their way to."""
    code = db.session.get(EmailCode, UUID(code_id))
    if code is None or code.used_at is not None or code.expires_at <= clock.now():
        return
    tenant = tenant_by_slug(hall) if hall else None
    place = tenant.name if tenant else "Guildhall"
    words = {"code": code, "place": place}
    send(
        Mail(
            to=code.email,
            subject=f"{code.digits} is your code for {place}",
            text=render_template("accounts/mail/code.txt", **words),
            html=render_template("accounts/mail/code.html", **words),
            message_id=f"code-{code.id}",
            name=place,
        )
    )


@periodic("23 3 * * *", "accounts.sweep")
def sweep() -> None:
    """Remove codes, hand-overs and sessions that ended more than a day ago."""
    before = clock.now() - _REMEMBERED
    for kind in (EmailCode, Handover):
        db.session.execute(delete(kind).where(kind.expires_at < before))
    # A hall's session whose identity session is gone counts as ended, so the revoked may go too.
    ended = or_(IdentitySession.expires_at < before, IdentitySession.revoked_at < before)
    db.session.execute(delete(IdentitySession).where(ended))
