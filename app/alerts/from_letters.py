"""What a letter's reader does with one click, signed in or not: hear no more of these alerts, renew one. A page asks first,
since programs that look after mail open every address; a POST does it.
"""

from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy import select

from app.alerts.blueprint import blueprint
from app.alerts.letters import renewed, stopped
from app.alerts.models import Alert, AlertLetter, AlertMatch
from app.authorization import any_origin, public
from app.core import clock
from app.core.database import db
from app.core.errors import NotFound
from app.core.languages import gettext as _
from tenants.context import current_tenant_id
from tenants.isolation import scoped


@blueprint.get("/alerts/unsubscribe/<token>")
@public
def unsubscribe(token: str) -> str:
    return render_template("alerts/unsubscribe.html", alerts=_alerts_of_letter(token), token=token, is_done=False)


@blueprint.post("/alerts/unsubscribe/<token>")
@public
@any_origin
def stop(token: str) -> str:
    """Stop the mail at once: a mail program posts here for its reader, from nowhere and signed in as nobody (RFC 8058)."""
    alerts = _alerts_of_letter(token)
    for alert in alerts:
        alert.stop_mail()
    return render_template("alerts/unsubscribe.html", alerts=alerts, token=token, is_done=True)


@blueprint.get("/alerts/renewal/<token>")
@public
def ask_renewal(token: str) -> str:
    return render_template("alerts/renewal.html", alert=_alert_to_renew(token), token=token, is_done=False)


@blueprint.post("/alerts/renewal/<token>")
@public
def renew_by_letter(token: str) -> str:
    alert = _alert_to_renew(token)
    alert.renew(now=clock.now())
    return render_template("alerts/renewal.html", alert=alert, token=token, is_done=True)


def _alerts_of_letter(token: str) -> list[Any]:
    letter_id = stopped(token)
    letter = db.session.get(AlertLetter, (current_tenant_id(), letter_id)) if letter_id else None
    if letter is None:
        raise _useless()
    found = select(AlertMatch.alert_id).where(scoped(AlertMatch), AlertMatch.letter_id == letter.id)
    return list(db.session.scalars(select(Alert).where(scoped(Alert), Alert.id.in_(found)).order_by(Alert.id)))


def _alert_to_renew(token: str) -> Alert:
    alert_id: UUID | None = renewed(token)
    alert = db.session.get(Alert, (current_tenant_id(), alert_id)) if alert_id else None
    if alert is None:
        raise _useless()
    return alert


def _useless() -> NotFound:
    return NotFound(_("This link does not work here. Sign in, and look under “Your alerts”."))
