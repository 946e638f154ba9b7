"""Forms about agreements: terms, deliveries, and the words that go with each step."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from app.agreements.states import OUTCOMES
from app.agreements.terms import MOST_MILESTONES, MilestoneTerms, Terms
from app.core.forms import (
    Choice,
    Date,
    Files,
    Form,
    Hidden,
    Hours,
    Money,
    Paragraphs,
    Place,
    Switch,
    Text,
)
from app.core.forms.text import web_link
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.gigs.models import EFFORT_SPANS

_SPARE_ROWS = 2
_MOST_LINKS = 10
_SPAN_LABELS = {"total": _l("in all"), "day": _l("a day"), "week": _l("a week")}


class Seen(Form):
    """What the page showed when it was sent: an answer to something else is refused."""

    seen = Hidden(_l("What was looked at"), max=40)

    @property
    def round_seen(self) -> int:
        """Return the round of terms, 0 when that is none."""
        return int(self.seen.data) if self.seen.data.isdecimal() else 0

    @property
    def delivery_seen(self) -> UUID:
        """Return the delivery, the nil id when that is none."""
        try:
            return UUID(self.seen.data)
        except ValueError:
            return UUID(int=0)


class TermsForm(Seen):
    """Terms to put forward. `terms_form` makes the one that fits a settlement and a number of milestones."""

    title = Text(_l("Title"), max=120, required=_l("Give it a title."))
    scope = Paragraphs(_l("What is to be done"), max=6000, hint=_l("And what is not. Markdown works."))
    effort_minutes = Hours(_l("Hours"), hint=_l("As 12 or 1:30."))
    effort_span = Choice(_l("How the hours count"), options=[(span, _SPAN_LABELS[span]) for span in EFFORT_SPANS])
    starts_on = Date(_l("Starts"))
    due_on = Date(_l("Due"))
    place = Place(_l("Place"))
    remote = Switch(_l("Can be done from anywhere"))
    conditions = Paragraphs(
        _l("Conditions"),
        max=2000,
        hint=_l("Rounds of changes, who owns the result, what to bring: whatever matters to you."),
    )
    note = Paragraphs(_l("A word with it"), max=1000)

    rows = 0
    settlement = "none"
    currency: str | None = None

    @property
    def milestone_rows(self) -> Iterator[tuple[int, Any, Any, Any]]:
        """Yield the fields of each milestone: its number, title, amount (None where nothing is paid) and date."""
        for row in range(self.rows):
            yield row + 1, self[f"part{row}_title"], self._fields.get(f"part{row}_amount"), self[f"part{row}_due_on"]

    @property
    def terms(self) -> Terms:
        """Return what was typed as terms."""
        names = set(Terms.__dataclass_fields__) & set(self._fields)
        given = {name: self[name].data for name in names}
        given["effort_span"] = given["effort_span"] if given["effort_minutes"] else None
        return Terms(
            **given,
            settlement=self.settlement,
            currency=self.currency if self.settlement == "money" else None,
            milestones=tuple(self._milestones()),
        )

    def check(self) -> None:
        for name, message in self.terms.faults():
            self.refuse(name if name in self._fields else None, message)
        for number, title, amount, due_on in self.milestone_rows:
            if not title.data and ((amount is not None and amount.data is not None) or due_on.data):
                self.refuse(title.name, _("Give milestone %(number)s a title.", number=number))

    def _milestones(self) -> Iterator[MilestoneTerms]:
        for _number, title, amount, due_on in self.milestone_rows:
            if title.data:
                yield MilestoneTerms(title.data, amount.data if amount is not None else None, due_on.data)


def terms_form(terms: Terms, *, sent: Mapping[str, Any] | None = None, seen: int = 0) -> TermsForm:
    """Return a form filled with `terms`, with spare rows for milestones.

    :param sent: what was sent, when it was: the page may have had more rows than the terms have milestones.
    :param seen: the round that the form answers.
    """
    rows = min(max(len(terms.milestones) + _SPARE_ROWS, _rows_sent(sent)), MOST_MILESTONES)
    fields: dict[str, Any] = {"rows": rows, "settlement": terms.settlement, "currency": terms.currency}
    if terms.settlement == "money":
        currency = terms.currency or "EUR"
        fields["pay_kind"] = Choice(
            _("Paid"), options=[("fixed", _("As a whole")), ("hourly", _("By the hour"))], radios=True, required=True
        )
        fields["amount"] = Money(_("Pay"), currency=currency, required=_("Say how much will be paid."))
    elif terms.settlement == "credits":
        fields["credits_minutes"] = Hours(_("Hours of credit"), required=True)
    elif terms.settlement == "favour":
        fields["favour"] = Text(_("In return"), max=300)
    for row in range(rows):
        fields[f"part{row}_title"] = Text(_("What"), max=120)
        if terms.settlement == "money":
            fields[f"part{row}_amount"] = Money(_("Pay"), currency=terms.currency or "EUR")
        fields[f"part{row}_due_on"] = Date(_("Due"))
    made: TermsForm = type("TermsForm", (TermsForm,), fields)(data=_filled(terms, seen))
    return made


def _rows_sent(sent: Mapping[str, Any] | None) -> int:
    """Return how many rows the page that was sent had, and three more where it asks for more."""
    if sent is None:
        return 0
    rows = sum(f"part{row}_title" in sent for row in range(MOST_MILESTONES))
    return rows + 3 if "more" in sent else rows


def _filled(terms: Terms, seen: int) -> dict[str, Any]:
    filled = terms.columns() | {"seen": seen, "effort_span": terms.effort_span or "total"}
    for row, part in enumerate(terms.milestones):
        filled |= {f"part{row}_title": part.title, f"part{row}_amount": part.amount, f"part{row}_due_on": part.due_on}
    return filled


class DeliveryForm(Form):
    """What is handed over."""

    milestone_id = Choice(_l("Which part"), radios=True)
    note = Paragraphs(_l("A few words"), max=4000, hint=_l("What it is, how to use it, what is still open."))
    links = Paragraphs(_l("Links"), max=4000, hint=_l("One on each line."))
    files = Files(_l("Files"), most=10, hint=_l("Up to 10, each up to 10 MB. Only the two of you can download them."))

    def check(self) -> None:
        if not (self.note.data or self.links.data or self.files.data):
            self.refuse("note", _("Say a few words, or add a link or a file."))
        for line in self.addresses_typed:
            try:
                web_link(line)
            except ValueError as problem:
                self.refuse("links", str(problem))
                break
        if len(self.addresses_typed) > _MOST_LINKS:
            self.refuse("links", _("At most %(most_links)s links fit.", most_links=_MOST_LINKS))

    @property
    def addresses_typed(self) -> list[str]:
        return [line.strip() for line in (self.links.data or "").splitlines() if line.strip()]

    @property
    def addresses(self) -> list[str]:
        """Return the links, each as a whole address."""
        return [web_link(line) for line in self.addresses_typed]


class ReasonForm(Seen):
    """A step that needs a reason."""

    reason = Paragraphs(_l("Why"), max=1000, required=_l("Say why in a few words; the other side will read it."))


class PauseForm(ReasonForm):
    """A rest, with the day when it goes on."""

    resume_on = Date(
        _l("Go on around"), required=_l("Say when it is likely to go on."), hint=_l("You are both reminded then.")
    )


class SettlementForm(Form):
    """A leader's word on a dispute."""

    outcome = Choice(
        _l("Outcome"),
        options=[("goes_on", _l("The work goes on as agreed")), *OUTCOMES.items()],
        radios=True,
        required=_l("Choose how it ends."),
    )
    reason = Paragraphs(_l("Your words to both"), max=2000, required=_l("Tell both sides how you came to this."))
