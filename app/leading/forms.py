"""What is typed about who leads a category, and by them."""

from datetime import datetime

from app.core import clock
from app.core.forms import Choice, Choices, Date, Form, Paragraphs, Switch, Text, WebLink
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.messages.forms import rule_options
from app.moderation.forms import DAYS, end_after
from tenants.context import tenant

OFFICES = {
    "category_leader": _l("Leader: decides what is posted here, and edits the category"),
    "expert": _l("Expert: vetted for this field"),
}


class Appointment(Form):
    """For which office, and for how long."""

    office = Choice(_l("As"), options=OFFICES, radios=True, required=True)
    starts_on = Date(
        _l("From"),
        required=True,
        latest=lambda: clock.today(tenant.time_zone),
        hint=_l("Today, or the day on which it began."),
    )
    ends_on = Date(
        _l("Until"),
        earliest=lambda: clock.today(tenant.time_zone),
        hint=_l("The last day. Empty: until somebody ends it. You are reminded 30 and 7 days before."),
    )


class Renewal(Form):
    """Until when it goes on."""

    ends_on = Date(
        _l("Until"), earliest=lambda: clock.today(tenant.time_zone), hint=_l("Empty: until somebody ends it.")
    )


class Ending(Form):
    """Why a term ends early."""

    why = Text(_l("Why"), max=300, required=_l("Say why; they read it."))


DUTIES = {
    "review": _l("Reviewing gigs and changes"),
    "flags": _l("Answering reports"),
    "board": _l("News and reading list"),
    "staffing": _l("Staffing projects"),
    "vetting": _l("Deciding who is vetted"),
}


class Duties(Form):
    """What is delegated, and until when."""

    duties = Choices(_l("Duties"), options=DUTIES, least=1, required=_l("Choose at least one duty."))
    ends_on = Date(
        _l("Until"),
        required=_l("Say until when; duties are given for a time."),
        earliest=lambda: clock.today(tenant.time_zone),
        hint=_l("The last day. You can take them back at any time."),
    )


class News(Form):
    """A short piece of news."""

    title = Text(_l("Title"), max=120, required=_l("News need a title."))
    text = Paragraphs(_l("Text"), max=3000, hint=_l("A few lines. Markdown works."), attributes={"rows": 5})
    for_hall = Switch(_l("Offer it to the marketplace's front page, too"))


class Recommendation(Form):
    """Something worth reading."""

    title = Text(_l("Title"), max=120, required=_l("What is it called?"))
    url = WebLink(_l("Link"))
    page_id = Choice(_l("Or a page of the marketplace's own"))
    why = Text(_l("Why"), max=200, hint=_l("One line: for whom, and what for."))

    def check(self) -> None:
        if bool(self.url.data) == bool(self.page_id.data):
            self.refuse("url", _("Give a link or choose a page: one of the two."))


class Ban(Form):
    """For how long somebody is kept from a category, by which rule, and why."""

    days = Choice(_l("For how long?"), options=DAYS, required=_l("Say for how long."))
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

    def until(self, *, now: datetime) -> datetime:
        """Return the end of the last day it lasts, in the marketplace's time."""
        return end_after(int(self.days.data), now=now)
