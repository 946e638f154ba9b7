"""Bringing a list in, in three steps: the file, what its columns stand for, and how its rows are to come in."""

from collections.abc import Iterable
from typing import Any

from app.core.forms import Choice, File, Form, Option
from app.core.forms.base import short
from app.core.forms.uploads import MEGABYTE
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.imports.fields import TARGETS
from app.imports.guessing import Mapping
from app.imports.models import Import

KINDS = {"gigs": _l("Gigs"), "members": _l("People")}
CURRENCIES = ("EUR", "GBP", "USD", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "CAD", "AUD", "NZD", "INR", "JPY")

_COLUMN = "column_"
_EXAMPLES = 3


class NewList(Form):
    """Step 1: the file."""

    kind = Choice(_l("What is in the list?"), options=KINDS, radios=True, required=_l("Say what is in the list."))
    file = File(
        _l("The file"),
        biggest=8 * MEGABYTE,
        kinds=(".csv", ".tsv", ".txt"),
        required=_l("Choose a file first."),
        hint=_l("CSV, with a first line that names the columns. From a spreadsheet: “Save as”, then CSV."),
    )


class ListColumns(Form):
    """Step 2: what each column stands for (fields made from the file's columns), and what holds for all rows."""

    kind = ""

    def validate(self, extra_validators: Any = None) -> bool:
        return super().validate(extra_validators) and self._columns_fit()

    @property
    def mapping(self) -> Mapping:
        """Return the columns that were chosen, by target."""
        return {field.data: number for number, field in self._columns() if field.data}

    @property
    def settings(self) -> dict[str, Any]:
        """Return what holds for all rows."""
        return {
            field.short_name: field.data if isinstance(field.data, bool | None) else str(field.data)
            for field in self
            if not field.short_name.startswith(_COLUMN) and field.short_name != "csrf_token"
        }

    def _columns(self) -> list[tuple[int, Any]]:
        return [
            (int(name.removeprefix(_COLUMN)), field) for name, field in self._fields.items() if name.startswith(_COLUMN)
        ]

    def _columns_fit(self) -> bool:
        taken: set[str] = set()
        for number, field in self._columns():
            if field.data in taken:
                self.refuse(f"{_COLUMN}{number}", _("Another column stands for that already."))
            elif field.data:
                taken.add(field.data)
        for target in TARGETS.get(self.kind, ()):
            if target.is_required and target.key not in taken:
                self.refuse(None, _("Say which column holds the %(lower)s.", lower=target.label.lower()))
        return not self.problems


class GigSettings(ListColumns):
    """What holds for all gigs of a list."""

    kind = "gigs"
    currency = Choice(_l("Amounts without a sign are in"), options=[(code, code) for code in CURRENCIES], required=True)
    category_id = Choice(
        _l("Where nothing fits, put it into"), hint=_l("The category of each gig is guessed from its skills and title.")
    )
    as_drafts = Choice(
        _l("How they come in"),
        options={False: _l("Published at once, in your name"), True: _l("As your drafts, to be looked at first")},
        radios=True,
        required=True,
    )


class MemberSettings(ListColumns):
    """What holds for all people of a list."""

    kind = "members"
    at_once = Choice(
        _l("How they come in"),
        options={False: _l("Invited by e-mail, so that each decides"), True: _l("As members at once")},
        radios=True,
        required=True,
        hint=_l("At once is for people who have agreed to it: an association's members, a company's employees."),
    )


def columns_form(one: Import, examples: list[list[str]], *, usual: dict[str, Any]) -> ListColumns:
    """Return the form of step 2 for an import, filled with what is known so far, else with what is usual.

    :param examples: some rows of the file, to show what is in its columns.
    """
    settings = GigSettings if one.kind == "gigs" else MemberSettings
    targets = [Option(None, _("Leave it out")), *(Option(target.key, target.label) for target in TARGETS[one.kind])]
    columns = {
        f"{_COLUMN}{number}": Choice(short(name), options=targets, hint=_examples(row[number] for row in examples))
        for number, name in enumerate(one.columns)
    }
    known = {f"{_COLUMN}{number}": key for key, number in one.mapping.items()}
    form: ListColumns = type(settings.__name__, (settings,), columns)(data=usual | one.options | known)
    return form


def _examples(cells: Iterable[str]) -> str:
    """Return a few different cells of a column, in quotation marks."""
    found = dict.fromkeys(" ".join(cell.split()) for cell in cells if cell.strip())
    return ", ".join(f"“{short(cell)}”" for cell in list(found)[:_EXAMPLES]) or _("Empty in the first rows.")
