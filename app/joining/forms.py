"""What somebody says on their way in."""

from app.core.forms import Form, Paragraphs, Switch, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l


class ComingIn(Form):
    """The name to go by in this tenant, and assent to its rules."""

    name = Text(
        _l("Your name here"), max=80, required=_l("Tell people what to call you."), attributes={"autocomplete": "name"}
    )
    agreed = Switch(_l("I accept the terms and guidelines"), required=_l("Please read and accept the rules first."))


def asking_form(questions: tuple[str, ...]) -> type[ComingIn]:
    """Return the form for a request to join, with one answer for each of the tenant's questions."""
    fields = {
        f"answer_{number}": Paragraphs(question, max=1000, required=_("The leaders would like to know this."))
        for number, question in enumerate(questions)
    }
    return type("AskingToJoin", (ComingIn,), fields)
