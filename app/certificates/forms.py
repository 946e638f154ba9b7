"""What a certificate tells, and why one is annulled."""

from app.core.forms import Choices, Form, Paragraphs
from app.core.languages import lazy_gettext as _l


class IssueForm(Form):
    """The details that a holder lets be told; the page gives the options."""

    details = Choices(
        _l("What else does it tell?"),
        options=[],
        hint=_l(
            "Your name, the marketplace and the day stand on it in any case. What is not ticked nobody learns from it."
        ),
    )


class AnnulForm(Form):
    """Why it stands no longer."""

    why = Paragraphs(
        _l("Why does it stand no longer?"),
        min=10,
        max=600,
        required=_l("Whoever holds it has a right to know."),
        hint=_l("Only its holder reads this. Whoever follows the link learns that it was annulled, and when."),
    )
