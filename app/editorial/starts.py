"""What a page may begin with, so that nobody faces an empty sheet."""

from typing import NamedTuple

from app.core.languages import gettext as _
from app.core.languages import gettext_noop as _n
from app.core.markdown import written


class Start(NamedTuple):
    """An outline in Markdown. Its words are in English, to be said in the language of whoever begins."""

    label: str
    title: str
    paragraphs: tuple[str, ...]

    def as_text(self) -> str:
        """Return the outline in the language in force."""
        return written(_(paragraph) for paragraph in self.paragraphs)


_AN_ANSWER = _n("An answer in one or two sentences.")

STARTS = {
    "about": Start(
        _n("About us"),
        _n("About us"),
        (
            _n("## Who we are"),
            _n("What brought us together, and what we have in common."),
            _n("## What happens here"),
            _n("Which work people find, and how it is paid or swapped."),
            _n("## Who keeps it going"),
            _n("The people to write to, and when they answer."),
        ),
    ),
    "guidelines": Start(
        _n("Guidelines"),
        _n("Good work here"),
        (
            _n("1. **Say the terms.** Pay or hours, a date, and what is handed over."),
            _n("2. **Answer people.** A short no is kinder than silence."),
            _n("3. **Give credit.** Name whoever did the work wherever it is shown."),
        ),
    ),
    "questions": Start(
        _n("Questions and answers"),
        _n("Questions"),
        (
            _n("## What does it cost?"),
            _AN_ANSWER,
            _n("## Who may join?"),
            _AN_ANSWER,
            _n("## What if something goes wrong?"),
            _n("Whom to ask, and what happens then."),
        ),
    ),
}
