"""What moderators and those concerned fill in."""

from datetime import datetime, timedelta
from typing import Any

from app.core import clock
from app.core.forms import Choice, Choices, Form, Paragraphs, Switch, WholeNumber
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.timers import day_of
from app.messages.forms import rule_options
from app.moderation.models.measure import LASTING
from tenants.context import tenant

_WHAT = {
    "warned": _l("Warn them"),
    "hidden": _l("Hide what they wrote"),
    "limited": _l("Limit what they may do, for a time"),
    "suspended": _l("Suspend them, for a time"),
}
DAYS = {
    "1": _l("A day"),
    "3": _l("Three days"),
    "7": _l("A week"),
    "14": _l("Two weeks"),
    "30": _l("A month"),
    "90": _l("Three months"),
}
_LIMITS = {"post": _l("Post gigs"), "write": _l("Write messages"), "apply": _l("Apply for gigs")}


class NewMeasure(Form):
    """What follows for somebody who broke a rule, which rule, and why."""

    kind = Choice(_l("What is to happen?"), options=_WHAT, radios=True, required=_l("Choose what follows."))
    deeds = Choices(_l("What may they not do?"), options=_LIMITS, hint=_l("For a limit. A suspension takes all of it."))
    days = Choice(_l("For how long?"), options=DAYS, hint=_l("For a limit or a suspension."))
    rule = Choice(
        _l("Which rule did they break?"),
        options=rule_options,
        radios=True,
        required=_l("Choose the rule that comes closest."),
    )
    why = Paragraphs(
        _l("The reason"),
        max=1000,
        required=_l("Say why: they read it, and you may have to answer for it."),
        hint=_l("They read it, with the rule. Name what happened, not what they are like."),
    )
    answer = Paragraphs(
        _l("What you answer to whoever reported it"),
        max=1000,
        hint=_l("Left empty, they read that it breaks a rule and that something was done."),
    )

    def __init__(self, *args: Any, can_hide: bool = True, is_reported: bool = True, **values: Any) -> None:
        super().__init__(*args, **values)
        self.can_hide = can_hide
        if not is_reported:
            del self.answer

    def check(self) -> None:
        if self.kind.data == "limited" and not self.deeds.data:
            self.refuse("deeds", _("Choose one at least, or another answer to the first question."))
        elif self.kind.data == "hidden" and not self.can_hide:
            self.refuse("kind", _("There is nothing here that could be hidden. Choose something else."))
        elif self.kind.data in LASTING and not self.days.data:
            self.refuse("days", _("Say for how long."))

    def until(self, *, now: datetime) -> datetime | None:
        """Return the end of the last day it lasts, in the marketplace's time, or None for what does not last."""
        if self.kind.data not in LASTING:
            return None
        return end_after(int(self.days.data), now=now)


def end_after(days: int, *, now: datetime) -> datetime:
    """Return the end of the day so many days from now, in the marketplace's time."""
    return clock.end_of_day(day_of(now, tenant.time_zone) + timedelta(days=days), tenant.time_zone)


class NewAppeal(Form):
    """Why somebody else should look at it."""

    words = Paragraphs(
        _l("Why do you see it differently?"),
        min=10,
        max=3000,
        required=_l("Say in a few words what happened."),
        hint=_l("Somebody reads it who did not take this decision."),
    )


class AppealAnswer(Form):
    """What whoever appealed is answered."""

    answer = Paragraphs(_l("Your answer"), max=1000, required=_l("Say why: they read it."))


class Reversal(Form):
    """Why a decision is taken back."""

    why = Paragraphs(
        _l("Why is it taken back?"), max=1000, required=_l("Say why: they read it, and it stays in the log.")
    )


class SettingsForm(Form):
    """What the leaders choose about moderation."""

    looks_at_first = Switch(
        _l("Look at first gigs"),
        hint=_l("Somebody’s first gig waits until a moderator, or a leader of its category, has looked at it."),
    )
    new_days = WholeNumber(
        _l("For how many days is somebody new?"),
        most=90,
        required=True,
        hint=_l("With 0, nobody is, and the next three do not matter. Whoever has a role is never new."),
    )
    new_gigs = WholeNumber(_l("How many gigs may somebody new have at a time?"), least=1, most=100, required=True)
    new_talks = WholeNumber(
        _l("To how many people may somebody new write first?"),
        least=1,
        most=500,
        required=True,
        hint=_l("Whoever writes to them, they can always answer."),
    )
    most_links = WholeNumber(
        _l("With how many links does a gig of somebody new go live at once?"),
        most=50,
        required=True,
        hint=_l("With more, it is looked at first; so is a text of theirs that was posted here lately."),
    )
    publishes_summary = Switch(
        _l("Publish a summary"),
        hint=_l(
            "How often each rule was applied in each quarter, for everybody who may see the marketplace. It names nobody."
        ),
    )
