"""The form in which skills are endorsed."""

from app.core.forms import Choices, Form
from app.core.languages import lazy_gettext as _l


class EndorsementForm(Form):
    """Which of somebody's skills one has seen at work; `options` are set by whoever makes it."""

    skills = Choices(
        _l("What have you seen them do well?"),
        hint=_l("Tick only what you can speak of. Nothing shows on their page before they say so."),
    )
