"""What members are told of the marketplace itself: their membership, the rules, and what waits at the desk."""

from typing import Any
from uuid import UUID

from app.core.database import db
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import hours, listed
from app.gigs.models import Gig
from app.joining.models import JoinRequest
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import admins, everybody, moderators, named, the_subject
from app.predicates import is_live
from tenants.context import current_tenant_id

_ROLES = {
    "leader": _l("a leader"),
    "admin": _l("an admin"),
    "moderator": _l("a moderator"),
    "manager": _l("a manager"),
    "customer": _l("a customer"),
    "recruiter": _l("a recruiter"),
    "category_leader": _l("a leader of a category"),
    "expert": _l("an expert"),
}


def _nobody(_: Fact) -> None:
    return None


def _newcomer(fact: Fact) -> Any:
    return fact.subject


def _came(*ways: str) -> Any:
    return lambda fact: fact.get("how") in ways


def _came_for_a_gig(fact: Fact) -> bool:
    """Whether somebody who had to wait for an answer asked to come in because of a gig that is still there."""
    if fact.get("how") != "approval" or not fact.get("gig_id"):
        return False
    gig = db.session.get(Gig, (current_tenant_id(), fact.id("gig_id")))
    return gig is not None and is_live(None, gig)


def _is_news(fact: Fact) -> bool:
    # The first version came with the marketplace.
    return fact.activity.to_state != "1"


def _roles(fact: Fact) -> str:
    given = [str(_ROLES[role]) for role in fact.get("given", ()) if role in _ROLES]
    taken = [str(_ROLES[role]) for role in fact.get("taken", ()) if role in _ROLES]
    said = []
    if given:
        said.append(_("You are %(listed)s now.", listed=listed(given)))
    if taken:
        said.append(_("You are no longer %(listed)s.", listed=listed(taken)))
    return " ".join(said)


def _corrected(fact: Fact) -> str:
    minutes = int(fact.get("minutes", 0))
    return (
        _("%(hours)s were added to your account.", hours=hours(minutes))
        if minutes > 0
        else _("%(hours)s were taken from your account.", hours=hours(-minutes))
    )


def _answers(fact: Fact) -> str:
    request = db.session.get(JoinRequest, (current_tenant_id(), fact.subject))
    given = request.answers if request else []
    return "\n\n".join(f"{one['question']}\n{one['answer']}" for one in given)


def _rows(fact: Fact) -> str:
    brought = sum(fact.get(state, 0) for state in ("created", "updated", "unchanged"))
    refused = fact.get("refused", 0)
    said = ngettext("%(num)s row went in.", "%(num)s rows went in.", brought)
    return (
        ngettext(
            "%(said)s %(num)s row could not be read: see which, and why.",
            "%(said)s %(num)s rows could not be read: see which, and why.",
            refused,
            said=said,
        )
        if refused
        else said
    )


def _starter(fact: Fact) -> set[UUID]:
    return {fact.actor} if fact.actor else set()


_MEMBERSHIP = (
    Event(
        kind="member", verb="joined", variant="for_gig", topic="membership", tells=the_subject, by=_nobody,
        when=_came_for_a_gig,
        alone=_l("You are in: welcome to {hall}"),
        detail=_l(
"You came for “{title}”. Have another look, and say a few words about yourself in your "
"profile."
),
        place="gig", at="gig_id", action=_l("Go to the gig"),
    ),
    Event(
        kind="member", verb="joined", topic="membership", tells=the_subject, by=_nobody,
        when=_came("open", "approval", "invitation", "link", "domain", "import"),
        alone=_l("Welcome to {hall}"),
        detail=_l(
"Say a few words about yourself and what you do, so that people find you. Then look around."
),
        place="own_profile", action=_l("Fill in your profile"),
    ),
    Event(
        kind="member", verb="joined", variant="guest", topic="guests", tells=lambda fact: {fact.actor} - {None},
        by=_newcomer, when=_came("invitation", "link"),
        title=_l("joined on your invitation"),
        detail=_l("Say hello, and tell them where to begin."),
        place="member", action=_l("See their profile"),
    ),
    Event(
        kind="tenant", verb="opened", topic="membership", tells=the_subject, by=_nobody,
        alone=_l("{hall} is open"),
        detail=_l(
"This is the address to pass on. A short list on your desk says what makes it come alive."
),
        place="desk", action=_l("Go to your desk"),
    ),
    Event(
        kind="member", verb="changed_roles", variant="by_operators", topic="membership", tells=the_subject,
        by=_nobody, when=lambda fact: fact.actor is None,
        alone=_l("What you look after in {hall} has changed"), detail=_roles,
        place="list", action=_l("Open your notifications"),
    ),
    Event(
        kind="member", verb="changed_roles", topic="membership", tells=the_subject,
        title=_l("changed what you look after here"), detail=_roles,
        place="list", action=_l("Open your notifications"),
    ),
    Event(
        kind="member", verb="corrected_credits", topic="membership", tells=the_subject,
        title=_l("put your time credits right"), detail=_corrected,
        place="credits", action=_l("See your hours"),
    ),
    Event(
        kind="rules", verb="published_rules", topic="rules", tells=everybody, when=_is_news,
        alone=_l("The rules of {hall} have changed"),
        detail=_l("Please read what is new. You will be asked to accept it when you come back."),
        place="rules", action=_l("Read the rules"),
    ),
    Event(
        kind="report", verb="upheld", topic="membership", tells=named("reporter_id"),
        title=_l("agrees with what you reported"),
        detail=_l("Thank you for telling. The moderators see to the rest."),
        place="list", action=_l("Open your notifications"),
    ),
    Event(
        kind="report", verb="dismissed", topic="membership", tells=named("reporter_id"),
        title=_l("has looked at what you reported"),
        detail=_l("Nothing was found against the rules."),
        place="list", action=_l("Open your notifications"),
    ),
)  # fmt: skip

_DESK = (
    Event(
        kind="import", verb="imported", topic="membership", tells=_starter, by=_nobody,
        alone=_l("Your list is in"),
        detail=_rows,
        place="import", action=_l("See how it went"),
    ),
    Event(
        kind="import", verb="rested", topic="membership", tells=_starter, by=_nobody,
        alone=_l("Your list rests: there is no room for more members"),
        detail=_l(
"Its rows are kept, and it goes on by itself once there is room: when somebody leaves, or the plan "
"is a larger one."
),
        place="import", action=_l("See how it went"),
    ),
    Event(
        kind="join_request", verb="waits_for_room", topic="requests", tells=admins,
        alone=_l("{name} waits until there is room"),
        detail=_l(
"Your marketplace is as full as its plan allows. They come in by themselves once there is room: "
"when somebody leaves, or the plan is a larger one."
),
        place="requests", action=_l("Read the request"), holds=lambda _, request: request.state == "asked",
    ),
    Event(
        kind="join_request", verb="asked_to_join", topic="requests", tells=admins,
        alone=_l("{name} asks to join"),
        detail=_l("Let them in, or say why not."), says=_answers,
        place="requests", action=_l("Read the request"), holds=lambda _, request: request.state == "asked",
    ),
    Event(
        kind="join_request", verb="reminded", topic="requests", tells=admins,
        alone=_l("{name} still waits to be let in"),
        detail=_l("They asked some days ago."),
        place="requests", action=_l("Read the request"), holds=lambda _, request: request.state == "asked",
    ),
    Event(
        kind="report", verb="reported", topic="reports", tells=moderators,
        title=_l("reports something"),
        detail=_l("Read it, look at what it is about, and answer."),
        place="report", action=_l("Read the report"), holds=lambda _, report: report.state == "open",
    ),
    Event(
        kind="report", verb="reminded", topic="reports", tells=moderators,
        alone=_l("A report still waits for an answer"),
        detail=_l("It came some days ago."),
        place="report", action=_l("Read the report"), holds=lambda _, report: report.state == "open",
    ),
)  # fmt: skip

EVENTS = (*_MEMBERSHIP, *_DESK)
