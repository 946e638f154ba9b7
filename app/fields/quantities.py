"""A number that people type, with two decimals at most."""

import re
from typing import Any

from app.core.forms import TextField
from app.core.forms.base import short
from app.core.languages import gettext as _
from app.fields.wording import amount

#: More than anything that is counted in a gig, less than a column holds.
GREATEST = 100_000_000_000_00


class Quantity(TextField):
    """A number in hundredths between `least` and `most`; each habit of writing one is understood."""

    shape = "IntegerField"
    max = 40

    def __init__(
        self, label: str, *args: Any, least: int | None = None, most: int | None = None, **options: Any
    ) -> None:
        attributes = {"inputmode": "decimal", **(options.pop("attributes", None) or {})}
        super().__init__(label, *args, attributes=attributes, **options)
        self.least = -GREATEST if least is None else least
        self.most = GREATEST if most is None else most

    def parse(self, text: str) -> int:
        value = hundredths(text)
        if value is None:
            raise ValueError(_("“%(text)s” is not a number, such as 12 or 2.5.", text=short(text)))
        elif not self.least <= value <= self.most:
            raise ValueError(
                _(
                    "This must be from %(least)s to %(most)s; “%(text)s” is not.",
                    least=amount(self.least),
                    most=amount(self.most),
                    text=short(text),
                )
            )
        return value

    def show(self, value: int) -> str:
        return plain(value)


def hundredths(text: str) -> int | None:
    """Return a number in hundredths as people type it (“1 200”, “2,5”, “1.250”), or None when it is none."""
    bare = re.sub(r"[\s'’_]", "", text)
    # Three digits after a mark are a group of thousands, but for “0.125”: no number begins with a group of nothing.
    if not re.match(r"[-−]?0[,.]", bare):
        bare = re.sub(r"[,.](?=[0-9]{3}(?![0-9]))", "", bare)
    number = re.fullmatch(r"([-−]?)([0-9]{1,18})(?:[.,]([0-9]{1,2}))?", bare)
    if number is None:
        return None
    sign, whole, rest = number.groups()
    value = int(whole) * 100 + int((rest or "0").ljust(2, "0"))
    return -value if sign else value


def plain(value: int) -> str:
    """Return a number as it is typed and stands in addresses: 250 → “2.5”."""
    whole, rest = divmod(abs(value), 100)
    decimals = f".{rest:02}".rstrip("0") if rest else ""
    return f"{'-' if value < 0 else ''}{whole}{decimals}"
