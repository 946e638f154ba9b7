"""Posting a gig, in three steps: what, details, terms. A draft keeps what can be read, and the rest as it was typed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.categories.queries import posting_choices
from app.core import clock
from app.core.currencies import common_currencies
from app.core.forms import (
    Choice,
    Date,
    Form,
    Hours,
    Lines,
    Money,
    Paragraphs,
    Place,
    Switch,
    TagList,
    Text,
    WholeNumber,
)
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.gigs import wording
from tenants.context import tenant

_DIRECTIONS = {"request": _l("I need something done"), "offer": _l("I can do something for others")}
_PAY_KINDS = {"fixed": _l("A fixed price"), "hourly": _l("By the hour")}
_SPANS = {"total": _l("hours in all"), "week": _l("hours a week"), "day": _l("hours a day")}
_SETTLEMENTS = {
    "money": _l("Money"),
    "credits": _l("Time credits"),
    "favour": _l("A favour in return"),
    "none": _l("Nothing in return"),
}
_TEN_YEARS = 3650


class Step(Form):
    """A part of a gig. Its fields are called like the gig's columns.

    `set_aside` names fields that another answer made pointless; what was typed there is kept, in case that answer changes.
    `asked` is what the gig's category asks of it here (see `app.gigs.asking`).
    """

    asked: Sequence[Any] = ()
    takes_files = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.set_aside: set[str] = set()

    def answers(self) -> dict[str, Any]:
        """Return the columns that the answers stand for, once they are fine."""
        return {field.short_name: field.data for field in self}

    def keepable(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the columns that can be kept as they are now, and what was typed but cannot be read yet, by field."""
        if not self.validate():
            self.check()
        wrong = {field.short_name for field in self if field.errors}
        typed = self.typed(wrong | self.set_aside)
        answers = {name: self[name].empty if name in wrong else value for name, value in self.answers().items()}
        return {name: value for name, value in answers.items() if value is not None or name in _MAY_BE_EMPTY}, typed

    def typed(self, names: Iterable[str]) -> dict[str, str]:
        """Return what was typed into fields, where anything was."""
        return {name: self[name].kept for name in names if getattr(self[name], "kept", "")}

    def refuse_once(self, name: str, message: str) -> None:
        """Put a problem on a field that has none yet."""
        if not self[name].errors:
            self.refuse(name, message)

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show again what could not be read the last time, and say so."""
        for name in set(typed) & set(self._fields):
            self[name].raw_data = [typed[name]]
            try:
                self[name].process_formdata([typed[name]])
            except ValueError as problem:
                self[name].errors = [str(problem)]


class What(Step):
    """Step 1: what it is about."""

    direction = Choice(_l("What brings you here?"), options=_DIRECTIONS, radios=True, required=True)
    kind = Choice(_l("What kind of thing is it?"), options=wording.KINDS, radios=True, required=True)
    title = Text(
        _l("Title"),
        max=120,
        min=6,
        required=_l("Give it a title; it is what people see first."),
        hint=_l("Say what is to be done, as you would to a friend: “Redraw our bakery's sign lettering”."),
    )
    summary = Text(
        _l("In one line"),
        max=200,
        required=_l("Say it in one line; it stands under the title in every list."),
        hint=_l("What matters most, for somebody who reads only this."),
    )
    category_id = Choice(_l("Category"), hint=_l("Its leaders and members look here first."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.category_id.options = [(None, _("Choose a category")), *posting_choices(self.category_id.data)]

    def check(self) -> None:
        if self.category_id.data is None and len(self.category_id.options) > 1:
            self.refuse_once("category_id", _("Please choose one, so that the right people find it."))


class Details(Step):
    """Step 2: the description, skills and places."""

    description = Paragraphs(
        _l("Description"),
        max=12_000,
        hint=_l("What there is, what you hope for, how you like to work. Markdown works: **bold**, lists, links."),
        attributes={"rows": 12},
    )
    skills_needed = TagList(
        _l("Skills it needs"), most=12, hint=_l("With commas between. Members who have them will see why it fits.")
    )
    skills_gained = TagList(
        _l("Skills somebody can learn here"),
        most=12,
        hint=_l("With commas between. For those who want to grow into them."),
    )
    level = Choice(_l("Experience"), options=wording.LEVELS)
    seats = WholeNumber(_l("Places"), least=1, most=500, required=True, hint=_l("How many people can take part."))
    questions = Lines(
        _l("Questions for whoever applies"),
        most=5,
        each=200,
        hint=_l("One on each line, five at most. Few questions, more answers."),
        attributes={"rows": 3},
    )

    def answers(self) -> dict[str, Any]:
        """Return the columns; any experience is no condition."""
        return (answers := super().answers()) | {"level": answers["level"] or ""}


class Terms(Step):
    """Step 3: what it asks and gives."""

    settlement = Choice(_l("How is it settled?"), options=_SETTLEMENTS, radios=True, required=True)
    pay_kind = Choice(_l("Paid"), options=_PAY_KINDS, radios=True)
    currency = Choice(_l("Currency"), options=lambda: common_currencies(tenant.currency))
    pay_min = Money(
        _l("Amount, or from"), currency=lambda form: form.currency.data, hint=_l("Leave it empty to agree on it later.")
    )
    pay_max = Money(_l("To"), currency=lambda form: form.currency.data, hint=_l("For a range."))
    credits_minutes = Hours(_l("Time credits"), least=15, hint=_l("In hours: 2, 1.5 or 0:45."))
    favour = Text(_l("What you give in return"), max=200, hint=_l("“A Sunday lunch”, “I'll do your taxes”."))
    effort_minutes = Hours(_l("How much time does it take?"), least=5, hint=_l("A guess helps."))
    effort_span = Choice(_l("Counted as"), options=_SPANS)
    starts_on = Date(_l("From"), latest=lambda: _day(_TEN_YEARS), earliest=lambda: _day(-_TEN_YEARS))
    ends_on = Date(_l("Until"), latest=lambda: _day(_TEN_YEARS), earliest=lambda: _day(-_TEN_YEARS))
    due_on = Date(
        _l("Due"),
        earliest=lambda: _day(0),
        latest=lambda: _day(_TEN_YEARS),
        hint=_l("The last day by which it must be done."),
    )
    remote = Switch(_l("It can be done from anywhere"))
    place = Place(_l("Place"), hint=_l("A town or a part of it; never a full address."))
    audience = Choice(_l("Who may see it"), options=wording.AUDIENCES, radios=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if tenant.who_may_see != "anyone":
            # Only members see anything here; there is nothing to choose.
            del self.audience

    def validate(self, extra_validators: Any = None) -> bool:
        """Read every field, but not those of another settlement than the chosen one: they are not even shown."""
        if self.settlement.data is not None:
            self.set_aside = self._of_other_settlements()
        for name in self.set_aside:
            self[name].data, self[name].process_errors = self[name].empty, []
        return super().validate(extra_validators)

    def check(self) -> None:
        if self.settlement.data == "money":
            self._check_pay()
        elif self.settlement.data == "credits" and not self.credits_minutes.data:
            self.refuse_once("credits_minutes", _("Say how many hours it is worth."))
        if not self.remote.data and not self.place.data:
            self.refuse_once("place", _("Name a place, or tick that it can be done from anywhere."))
        if self.starts_on.data and self.ends_on.data and self.ends_on.data < self.starts_on.data:
            self.refuse_once("ends_on", _("It cannot end before it begins."))

    def answers(self) -> dict[str, Any]:
        """Return the columns; those of another settlement than the chosen one are empty."""
        answers = super().answers()
        answers |= {name: self[name].empty for name in self._of_other_settlements()}
        answers["effort_span"] = (answers["effort_span"] or "total") if answers["effort_minutes"] else None
        return answers

    def _of_other_settlements(self) -> set[str]:
        return {name for chosen, names in _OF_SETTLEMENT.items() if chosen != self.settlement.data for name in names}

    def _check_pay(self) -> None:
        least, most = self.pay_min.data, self.pay_max.data
        if self.pay_kind.data is None:
            self.refuse_once("pay_kind", _("Please choose one."))
        if most is not None and least is None:
            self.refuse_once("pay_min", _("Say where the range begins."))
        elif most is not None and most < least:
            self.refuse_once("pay_max", _("This must not be less than the amount it begins at."))


class Whole(What, Details, Terms):
    """All of a gig on one page: for one that is live."""

    def check(self) -> None:
        What.check(self)
        Terms.check(self)


class Reason(Form):
    """Why something is paused, closed, handed back or removed."""

    why = Paragraphs(_l("Why?"), max=500, required=_l("Say why in a few words; the people concerned will read it."))


STEPS: dict[str, type[Step]] = {"what": What, "details": Details, "terms": Terms}

_OF_SETTLEMENT = {
    "money": ("pay_kind", "currency", "pay_min", "pay_max"),
    "credits": ("credits_minutes",),
    "favour": ("favour",),
}

# Columns that may be null; what else was not answered stays as it is.
_MAY_BE_EMPTY = {
    "category_id", "pay_kind", "pay_min", "pay_max", "currency", "credits_minutes",
    "effort_span", "effort_minutes", "due_on", "starts_on", "ends_on",
}  # fmt: skip


def _day(ahead: int) -> date:
    return clock.today(tenant.time_zone) + timedelta(days=ahead)
