"""What leaders settle about a field of their category."""

from typing import Any

from app.core.forms import Choice, Form, Lines, Switch, Text
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.fields.failures import MOST_OPTIONS
from app.fields.kinds import VISIBILITIES
from app.fields.quantities import Quantity

#: What belongs to some kinds alone.
_OF_KIND = {"unit": ("number",), "least": ("number",), "most": ("number",), "many": ("choice",), "options": ("choice",)}


class FieldForm(Form):
    """A field: what it asks, how, and who sees the answer. Of a field of one kind it shows what belongs to that."""

    name = Text(_l("What do you ask?"), max=60, required=_l("Give it a name; it stands before the answer."))
    help = Text(_l("Help"), max=200, hint=_l("One line below the question: what a good answer is."))
    unit = Text(_l("Unit"), max=20, hint=_l("“km”, “pages”, “m²”."))
    least = Quantity(_l("At least"))
    most = Quantity(_l("At most"))
    options = Lines(
        _l("Choices"),
        most=MOST_OPTIONS,
        each=60,
        max=4000,
        hint=_l("One on each line, in the order in which they are shown."),
        attributes={"rows": 6},
    )
    many = Switch(_l("Several can be chosen"))
    required = Switch(_l("It must be answered"))
    visibility = Choice(_l("Who sees the answer?"), options=VISIBILITIES, radios=True, required=True)

    def __init__(self, *args: Any, kind: str | None = None, is_new: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_new = is_new
        for name, kinds in _OF_KIND.items():
            if kind is not None and kind not in kinds:
                del self[name]
        if not is_new and "many" in self:
            # Gigs answered one way or the other.
            del self["many"]

    def check(self) -> None:
        if "least" in self and None not in (self.least.data, self.most.data) and self.most.data < self.least.data:
            self.refuse("most", _("This must not be less than the least."))
        if "options" in self and self.is_new and len(self.options.data) < 2:
            self.refuse("options", _("Write two choices at least."))

    def columns(self) -> dict[str, Any]:
        """Return what a field's own columns hold of it."""
        return {field.short_name: field.data for field in self if field.short_name != "options"}


class OptionForm(Form):
    """What a choice is called."""

    name = Text(_l("Name"), max=60, required=_l("Give it a name."))


class MergeForm(Form):
    """Which choice takes over what another was chosen for."""

    into = Choice(_l("Make it one with"), required=_l("Choose another one."))
