"""The form in which somebody says thank you, and the one that lets thanks be shown as they come."""

from app.core.forms import Choice, Form, Switch, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.kudos.models import OWN, REASONS


class ThanksForm(Form):
    """What it is for, and a line of one's own."""

    reason = Choice(_l("What for?"), options=REASONS, radios=True, required=_l("Choose what is nearest to it."))
    text = Text(_l("In a line of your own"), max=160, hint=_l("With one of the reasons above you may leave it empty."))

    def check(self) -> None:
        if self.reason.data == OWN and not self.text.data:
            self.refuse("text", _("Say in a line what for."))


class HabitForm(Form):
    """Whether thanks are shown as they come."""

    at_once = Switch(
        _l("Show thanks as they come"),
        hint=_l("Otherwise you are asked each time. Either way you can hide any of them."),
    )
