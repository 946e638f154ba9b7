"""What is told of decisions: whom they are about, and of appeals those who may answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.moderation.words import effect
from app.notifications.events.event import Event, Fact
from app.notifications.events.recipients import moderators, named


def _in_words(fact: Fact) -> str:
    last = fact.get("until")
    does = effect(
        fact.activity.verb,
        datetime.fromisoformat(last) if last else None,
        fact.get("deeds", ()),
        fact.get("category", ""),
    )
    return _("%(effect)s The rule: %(rule)s.", effect=does, rule=fact.get("rule", "").rstrip("."))


def _others(fact: Fact) -> set[UUID]:
    """Return those who moderate, but for whom it is about and who decided."""
    return moderators(fact) - fact.ids("decided_by", "member_id")


def _waits(_: Any, appeal: Any) -> bool:
    return bool(appeal.state == "open")


EVENTS = (
    Event(
        kind="certificate", verb="annul", topic="decisions", tells=named("holder_id"),
        alone=_l("A certificate of yours no longer stands"),
        detail=_l("A leader of {hall} annulled it. Whoever follows its link reads that, and not why."),
        place="certificates", action=_l("See your certificates"),
    ),
    Event(
        kind="measure", verb="warned", topic="decisions", tells=named("member_id"),
        alone=_l("A moderator warns you"), detail=_in_words,
        place="measure", action=_l("Read it, or appeal"),
    ),
    Event(
        kind="measure", verb="hidden", topic="decisions", tells=named("member_id"),
        alone=_l("Something of yours was taken out of sight"), detail=_in_words,
        place="measure", action=_l("Read why, or appeal"),
    ),
    Event(
        kind="measure", verb="limited", topic="decisions", tells=named("member_id"),
        alone=_l("For a time, something is not possible for you"), detail=_in_words,
        place="measure", action=_l("Read why, or appeal"),
    ),
    Event(
        kind="measure", verb="suspended", topic="decisions", tells=named("member_id"),
        alone=_l("You are suspended for a time"), detail=_in_words,
        place="measure", action=_l("Read why, or appeal"),
    ),
    Event(
        kind="measure", verb="lifted", topic="decisions", tells=named("member_id"),
        alone=_l("A decision about you was taken back"), detail=_l("What was taken from you is yours again."),
        place="measure", action=_l("Read it"),
    ),
    Event(
        kind="measure", verb="over", topic="decisions", tells=named("member_id"),
        alone=_l("Everything is possible for you again"),
        detail=_l("What a moderator kept you from is over. A gig that rests since then you resume on its page."),
        place="own_measures", action=_l("Look at it"),
    ),
    Event(
        kind="appeal", verb="appeal", topic="reports", tells=_others,
        title=_l("appeals against a decision"),
        detail=_l("Read it, look at what it is about, and answer."),
        place="appeal", action=_l("Read the appeal"), holds=_waits,
    ),
    Event(
        kind="appeal", verb="reminded", topic="reports", tells=_others,
        alone=_l("An appeal still waits for an answer"),
        detail=_l("It came some days ago."),
        place="appeal", action=_l("Read the appeal"), holds=_waits,
    ),
    Event(
        kind="appeal", verb="granted", topic="decisions", tells=named("member_id"),
        alone=_l("Your appeal was granted"), detail=_l("The decision was taken back."),
        place="own_measures", action=_l("Read the answer"),
    ),
    Event(
        kind="appeal", verb="refused", topic="decisions", tells=named("member_id"),
        alone=_l("Your appeal was answered"), detail=_l("The decision stands. Read why."),
        place="own_measures", action=_l("Read the answer"),
    ),
)  # fmt: skip
