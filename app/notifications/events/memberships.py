"""What a member is told of a membership that they owe for: when its grace begins, at its half, on its last day, after it."""

from typing import Any
from uuid import UUID

from app.core import clock
from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.wording import listed
from app.memberships.access import has_one
from app.memberships.models import Membership
from app.memberships.words import PURPOSES
from app.notifications.events.event import Event, Fact
from tenants.context import current_tenant_id, tenant


def _membership(fact: Fact) -> Membership | None:
    return db.session.get(Membership, (current_tenant_id(), fact.subject))


def _whose(fact: Fact) -> set[UUID]:
    found = _membership(fact)
    return {found.member_id} if found else set()


def _found(notification: Any) -> Membership | None:
    return db.session.get(Membership, (current_tenant_id(), UUID(notification.data["subject"])))


def _is_owed(notification: Any, _page: Any) -> bool:
    found = _found(notification)
    return found is not None and found.is_past_due


def _is_closed(notification: Any, _page: Any) -> bool:
    found = _found(notification)
    return found is not None and found.is_past_due and not has_one(found.member_id, now=clock.now())


def _still_ends(notification: Any, _page: Any) -> bool:
    found = _found(notification)
    return found is not None and found.state == "active" and found.paid_until is not None


def _what_ends(fact: Fact) -> str:
    """Return what will change when what was given ends, and how to go on."""
    last, closed = fact.last_day("until"), [str(PURPOSES[one]) for one in PURPOSES if one in fact.get("closes", ())]
    if closed:
        changes = _(
            "You have it until %(day)s. After that you need another for %(what)s; what you agreed on goes on.",
            day=last, what=listed(closed),
        )  # fmt: skip
    else:
        changes = _(
            "You have it until %(day)s. After that you go on without it, and nothing of yours is lost.", day=last
        )
    if tenant.tier_count:
        onward = _("To go on, choose one under “Membership”.")
    else:
        onward = _("To go on, ask the people who run this marketplace: they can give you another.")
    return f"{changes} {onward}"


def _until(fact: Fact) -> str:
    last = fact.last_day("until")
    if not last:
        return _("Pay it, and it goes on as before.")
    return _("Until %(day)s nothing changes for you. Pay it until then, and it goes on as before.", day=last)


def _owed(verb: str, alone: Any, detail: Any, holds: Any = _is_owed) -> Event:
    return Event(
        kind="membership", verb=verb, topic="membership", tells=_whose, alone=alone, detail=detail,
        place="own_membership", action=_l("Mend the payment"), holds=holds,
    )  # fmt: skip


def _ending(verb: str, alone: Any) -> Event:
    return Event(
        kind="membership", verb=verb, topic="membership", tells=_whose, alone=alone, detail=_what_ends,
        place="own_membership", action=_l("See your membership"), holds=_still_ends,
    )  # fmt: skip


def _how_long(fact: Fact) -> str:
    last = fact.last_day("until")
    return _("You have it until %(day)s.", day=last) if last else _("You have it for good.")


EVENTS = (
    Event(
        kind="membership", verb="give", topic="membership", tells=_whose,
        title=_l("gave you a membership"), detail=_how_long,
        place="own_membership", action=_l("See your membership"),
    ),
    _owed("lapsed", _l("A payment for your membership failed"), _until),
    _owed("grace_half", _l("Your membership is still not paid"), _until),
    _owed("grace_last_day", _l("Pay your membership by tomorrow"), _until),
    _ending("ends_in_weeks", _l("Your membership ends in two weeks")),
    _ending("ends_in_days", _l("Your membership ends in a few days")),
    _owed(
        "grace_over",
        _l("Your membership rests until it is paid"),
        _l("What needs one is closed to you, and your live gigs rest. Pay it, and all of it is back as it was."),
        holds=_is_closed,
    ),
    Event(
        kind="membership", verb="recovered", topic="membership", tells=_whose,
        alone=_l("Your membership is paid"),
        detail=_l("Thank you. Everything is as before, and gigs of yours that rested are live again."),
        place="own_membership", action=_l("See your membership"),
    ),
)  # fmt: skip
