"""Forms about applications."""

from collections.abc import Sequence
from typing import Any

from app.applications.answering import KIND_REASONS
from app.core.forms import Choice, Form, Paragraphs
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l

OWN_WORDS = "other"


class ApplicationForm(Form):
    """A hand raised: a note and an answer to each of the gig's questions. `application_form` makes one."""

    note = Paragraphs(
        _l("Why you"),
        max=2000,
        required=_l("Write a few sentences, so that they know who is asking."),
        hint=_l(
            "What makes this yours, when you could begin, what you would like to know. Your profile goes along with it."
        ),
        attributes={"rows": 7},
    )

    @property
    def questions(self) -> list[Any]:
        """Return the fields of the gig's questions, in their order."""
        return [field for field in self if field.name.startswith("answer")]

    @property
    def answers(self) -> list[str]:
        return [field.data for field in self.questions]


def application_form(questions: Sequence[str]) -> ApplicationForm:
    """Return a form that asks a gig's questions."""
    fields = {
        f"answer{number}": Paragraphs(question, max=1000, required=_("Please answer this."), attributes={"rows": 3})
        for number, question in enumerate(questions)
    }
    made: ApplicationForm = type("ApplicationForm", (ApplicationForm,), fields)()
    return made


class RefusalForm(Form):
    """A no, with a reason that was picked or written."""

    picked = Choice(
        _l("What they will read"),
        options=[*((reason, reason) for reason in KIND_REASONS), (OWN_WORDS, _l("Something in my own words"))],
        radios=True,
        required=_l("Choose what to tell them."),
    )
    written = Paragraphs(
        _l("Your own words"), max=1000, hint=_l("Kind and clear. It is the last they hear about this gig.")
    )

    @property
    def reason(self) -> str:
        return self.written.data if self.picked.data == OWN_WORDS else self.picked.data

    def check(self) -> None:
        if self.picked.data == OWN_WORDS and not self.written.data:
            self.refuse("written", _("Write your reason, or choose one above."))


class WithdrawalForm(Form):
    """Stepping back; a reason is welcome and not needed."""

    reason = Paragraphs(_l("A word about it"), max=1000)
