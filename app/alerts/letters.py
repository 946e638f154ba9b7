"""What alerts write: the gigs that they have found, and that one of them is about to end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.alerts.fairness import SHOWN
from app.alerts.wording import in_words
from app.core import tokens
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.timers import day_of
from app.core.wording import day
from app.gigs import wording
from tenants.context import current_tenant, tenant
from tenants.links import hall_url
from themes.letters import Letter, Told

_STOP, _RENEW = "stop an alert's e-mails", "renew an alert"
_WHY = {"fresh": _l("Just posted"), "rare": _l("Few have seen it yet")}


def of_gigs(letter_id: UUID, rows: Sequence[Any]) -> Letter:
    """Return the letter about gigs: rows as lists show them, with the `alert` that found each and `because`. A gig that
    several alerts found stands there once.
    """
    gigs = list({row.id: row for row in reversed(rows)}.values())[::-1]
    alerts = list(dict.fromkeys(row.alert for row in rows))
    return Letter(
        subject=_subject(gigs, alerts),
        heading=_heading(gigs, alerts),
        told=[_told(row, alerts, shown=place < SHOWN) for place, row in enumerate(gigs)],
        action=_action(rows),
        why=_("You get this because you asked to be told of new gigs."),
        preferences=hall_url(tenant, "alerts.index"),
        unsubscribe=hall_url(tenant, "alerts.unsubscribe", token=stopping(letter_id)),
    )


def of_ending(alert: Any) -> Letter:
    """Return the letter that reminds of an alert's end, with one step to renew it."""
    last = day(day_of(alert.expires_at, tenant.time_zone))
    return Letter(
        subject=_("Your alert “%(name)s” ends on %(last)s", name=alert.name, last=last),
        paragraphs=[
            _("It has looked for new gigs for nearly a year. If you still want to hear of them, renew it for another."),
        ],
        facts=[(_("It looks for"), in_words(alert.search))],
        action=(_("Renew it for a year"), hall_url(tenant, "alerts.ask_renewal", token=renewing(alert.id))),
        after=[_("If you do nothing it ends by itself.")],
        why=_("You get this because you asked to be told of new gigs."),
        preferences=hall_url(tenant, "alerts.index"),
    )


def stopping(letter_id: UUID) -> str:
    """Return the token that stops the e-mails of all alerts in a letter, signed in or not."""
    return tokens.sign([current_tenant().id, letter_id.hex], _STOP)


def renewing(alert_id: UUID) -> str:
    """Return the token that renews an alert, signed in or not."""
    return tokens.sign([current_tenant().id, alert_id.hex], _RENEW)


def stopped(token: str) -> UUID | None:
    """Return the letter whose alerts a token stops, or None when it is none of this tenant's."""
    return _named(token, _STOP)


def renewed(token: str) -> UUID | None:
    """Return the alert that a token renews, or None when it is none of this tenant's."""
    return _named(token, _RENEW)


def _named(token: str, purpose: str) -> UUID | None:
    kept = tokens.unsign(token, purpose)
    if not isinstance(kept, list) or len(kept) != 2 or kept[0] != current_tenant().id:
        return None
    return UUID(kept[1])


def _subject(gigs: Sequence[Any], alerts: Sequence[str]) -> str:
    if len(gigs) == 1:
        return _("New: %(title)s", title=gigs[0].title)
    return _heading(gigs, alerts)


def _heading(gigs: Sequence[Any], alerts: Sequence[str]) -> str:
    count = len(gigs)
    if len(alerts) > 1:
        return ngettext("%(num)s new gig that you asked for", "%(num)s new gigs that you asked for", count)
    return ngettext("%(num)s new gig for “%(name)s”", "%(num)s new gigs for “%(name)s”", count, name=alerts[0])


def _told(row: Any, alerts: Sequence[str], *, shown: bool) -> Told:
    url = hall_url(tenant, "gigs.show", gig_id=row.id)
    if not shown:
        return Told(row.title, url)
    facts = [row.category_name, wording.settled(row), wording.place(row), row.author_name]
    because = [row.alert] if len(alerts) > 1 else []
    because += [str(_WHY[row.because])] if row.because in _WHY else []
    because += [why] if (why := wording.why(row.held, row.wanted)) else []
    return Told(row.title, url, " · ".join(fact for fact in facts if fact), " · ".join(because))


def _action(rows: Sequence[Any]) -> tuple[str, str]:
    alerts = {row.alert_id for row in rows}
    if len(alerts) == 1:
        return _("See what it has found"), hall_url(tenant, "alerts.show", alert_id=alerts.pop())
    return _("Go to your alerts"), hall_url(tenant, "alerts.index")
