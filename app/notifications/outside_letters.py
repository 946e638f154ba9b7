"""What people who are no members read: invited, refused, or no longer here."""

from datetime import timedelta
from uuid import UUID

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import own
from app.core.timers import day_of
from app.core.wording import day
from app.joining.models import Invitation
from app.moderation.tokens import appealing
from tenants.context import tenant
from tenants.links import hall_url
from themes.letters import Letter

_AS = {
    "member": "",
    "leader": _l("a leader"),
    "admin": _l("an admin"),
    "moderator": _l("a moderator"),
    "manager": _l("a manager"),
    "customer": _l("a customer"),
    "recruiter": _l("a recruiter"),
}

_WHAT_IT_IS = {
    "community": _l("{hall} is a marketplace where people who know each other find work, and people for it."),
    "company": _l(
        "{hall} has a marketplace of its own, where colleagues find gigs beside their job, and people for them."
    ),
}


def of_invitation(invitation: Invitation, inviter: str) -> Letter:
    """Return the letter that brings an invitation, from a leader by name."""
    role = _AS.get(invitation.role, "")
    last = day(day_of(invitation.expires_at - timedelta(seconds=1), tenant.time_zone))
    return Letter(
        subject=_("%(inviter)s invites you to %(name)s", inviter=inviter, name=tenant.name),
        paragraphs=[
            _WHAT_IT_IS[tenant.kind].format(hall=own(tenant.name)),
            *([_("You would be %(role)s there.", role=role)] if role else []),
        ],
        quote=invitation.note,
        action=(_("Look at the invitation"), hall_url(tenant, "joining.invitation", token=invitation.token)),
        after=[_("It is meant for you alone and stays open until %(last)s.", last=last)],
        why=_(
            "%(inviter)s gave us your address for this invitation; it is used for nothing else. If you "
            "would rather not come, do nothing.",
            inviter=inviter,
        ),
    )


def of_refusal(reason: str) -> Letter:
    """Return the letter to somebody who asked to join and may not."""
    return Letter(
        subject=_("%(name)s has answered your request", name=tenant.name),
        heading=_("Not this time"),
        paragraphs=[_("You asked to join %(name)s. The leaders have read it and said no.", name=tenant.name)],
        quote=reason,
        why=_("You asked to join %(name)s.", name=tenant.name),
    )


def of_the_end(reason: str, rule: str, measure_id: str | None = None) -> Letter:
    """Return the letter to somebody whose membership was ended; `rule` is the one they broke, or empty.

    :param measure_id: the decision, against which they may appeal although they cannot sign in there any more.
    """
    appeal = hall_url(tenant, "moderation.by_link", token=appealing(UUID(measure_id))) if measure_id else ""
    return Letter(
        subject=_("Your membership of %(name)s has ended", name=tenant.name),
        paragraphs=[
            _("The leaders of %(name)s have ended your membership.", name=tenant.name),
            _("What you agreed on with others is closed, and the other sides are told. Your account is not touched."),
        ],
        facts=[(_("The rule"), rule)] if rule else [],
        quote=reason,
        action=(_("Appeal against it"), appeal) if appeal else None,
        after=[_("Somebody reads your appeal who did not take this decision.")] if appeal else [],
        why=_("You were a member of %(name)s.", name=tenant.name),
    )
