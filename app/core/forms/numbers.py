"""Fields for quantities: whole numbers, money, hours, days."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms.widgets import DateInput

from app.core.forms.base import TextField, short
from app.core.languages import gettext as _
from app.core.money import plain_amount, read_amount
from app.core.wording import number


class WholeNumber(TextField):
    """A whole number between `least` and `most`, both included."""

    shape = "IntegerField"
    max = 40

    def __init__(self, label: str, *args: Any, least: int = 0, most: int = 1_000_000, **options: Any) -> None:
        attributes = {"inputmode": "numeric", **(options.pop("attributes", None) or {})}
        super().__init__(label, *args, attributes=attributes, **options)
        self.least, self.most = least, most

    def parse(self, text: str) -> int:
        bare = re.sub(r"[\s,.'’_](?=\d{3}(?!\d))", "", text)
        if not re.fullmatch(r"[-−]?[0-9]{1,30}([.,]0+)?", bare):
            raise ValueError(
                _(
                    "“%(text)s” is not a whole number, such as %(example)s.",
                    text=short(text),
                    example=max(self.least, 3),
                )
            )
        value = int(re.split(r"[.,]", bare.replace("−", "-"))[0])
        if not self.least <= value <= self.most:
            raise ValueError(
                _(
                    "This must be from %(least)s to %(most)s; “%(text)s” is not.",
                    least=number(self.least),
                    most=number(self.most),
                    text=short(text),
                )
            )
        return value


class Money(TextField):
    """An amount in whole minor units of a currency.

    `currency` is an ISO code, or a function of the form when the person chooses it there; the
    form declares that field first. `least` and `most` are minor units.
    """

    max = 40

    def __init__(
        self,
        label: str,
        *args: Any,
        currency: str | Callable[[Any], str | None],
        least: int = 0,
        most: int = 100_000_000_00,
        **options: Any,
    ) -> None:
        attributes = {"inputmode": "decimal", **(options.pop("attributes", None) or {})}
        super().__init__(label, *args, attributes=attributes, **options)
        self._currency = currency
        self.least, self.most = least, most

    @property
    def currency(self) -> str:
        """Return the currency in force, or an empty text while none is chosen."""
        chosen = self._currency
        return (chosen if isinstance(chosen, str) else chosen(self._form)) or ""

    def parse(self, text: str) -> int:
        if not self.currency:
            raise ValueError(_("Choose the currency first, then this amount can be read."))
        amount = read_amount(text, self.currency)
        if not self.least <= amount <= self.most:
            least, most = (plain_amount(n, self.currency) for n in (self.least, self.most))
            raise ValueError(
                _(
                    "This must be from %(least)s to %(most)s %(currency)s.",
                    least=least,
                    most=most,
                    currency=self.currency,
                )
            )
        return amount

    def show(self, value: int) -> str:
        return plain_amount(value, self.currency)


class Hours(TextField):
    """A span of work in whole minutes, typed as “1.5”, “1:30”, “90 min” or “1 h 30”."""

    max = 40

    def __init__(self, label: str, *args: Any, least: int = 0, most: int = 600_000, **options: Any) -> None:
        attributes = {"inputmode": "decimal", **(options.pop("attributes", None) or {})}
        super().__init__(label, *args, attributes=attributes, **options)
        self.least, self.most = least, most

    def parse(self, text: str) -> int:
        minutes = _minutes(text.lower())
        if minutes is None:
            raise ValueError(_("“%(text)s” is not a time, such as 1.5, 1:30 or 90 min.", text=short(text)))
        elif not self.least <= minutes <= self.most:
            least, most = (self.show(bound) for bound in (self.least, self.most))
            raise ValueError(_("This must be from %(least)s to %(most)s hours.", least=least, most=most))
        return minutes

    def show(self, value: int) -> str:
        whole, minutes = divmod(value, 60)
        return f"{whole}:{minutes:02}" if minutes % 15 else f"{value / 60:g}"


class Date(TextField):
    """A calendar day. When it ends is for the caller to say, in the hall's time zone.

    `earliest` and `latest` are days, or functions that give them.
    """

    shape = "DateField"
    widget = DateInput()
    max = 40

    def __init__(
        self,
        label: str,
        *args: Any,
        earliest: date | Callable[[], date] = date(1900, 1, 1),
        latest: date | Callable[[], date] = date(2200, 12, 31),
        **options: Any,
    ) -> None:
        super().__init__(label, *args, **options)
        self._earliest, self._latest = earliest, latest

    @property
    def earliest(self) -> date:
        return self._earliest if isinstance(self._earliest, date) else self._earliest()

    @property
    def latest(self) -> date:
        return self._latest if isinstance(self._latest, date) else self._latest()

    def parse(self, text: str) -> date:
        parts = _date_parts(text)
        if parts is None:
            raise ValueError(_("“%(text)s” is not a date; write it as 2026-12-31.", text=short(text)))
        try:
            day = date(*parts)
        except ValueError:
            raise ValueError(_("There is no such day as “%(text)s”.", text=short(text))) from None
        if day < self.earliest:
            raise ValueError(_("This cannot be before %(day)s.", day=_in_words(self.earliest)))
        elif day > self.latest:
            raise ValueError(_("This cannot be after %(day)s.", day=_in_words(self.latest)))
        return day

    def show(self, value: date) -> str:
        return value.isoformat()


def _minutes(text: str) -> int | None:
    """Return the minutes of a span as people write it, or None when nobody could tell."""
    if clock := re.fullmatch(r"([0-9]{1,5})\s?[:h]\s?([0-5]?[0-9])\s?(?:m|min|mins|minutes)?", text):
        return int(clock[1]) * 60 + int(clock[2])
    number, unit = r"([0-9]{1,6}(?:[.,][0-9]{1,4})?)", r"(h|hrs?|hours?|m|mins?|minutes?)?\.?"
    if span := re.fullmatch(rf"{number}\s?{unit}", text):
        amount = float(span[1].replace(",", "."))
        return round(amount if (span[2] or "h").startswith("m") else amount * 60)
    if both := re.fullmatch(r"([0-9]{1,5})\s?h\w*\W+([0-9]{1,3})\s?m\w*", text):
        return int(both[1]) * 60 + int(both[2])
    return None


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _date_parts(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day. Numbers between slashes are refused: 3/4 is two days."""
    if iso := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    elif dotted := re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", text):
        return int(dotted[3]), int(dotted[2]), int(dotted[1])
    elif named := re.fullmatch(r"([0-9]{1,2})\.?\s([a-z]{3,9})\.?,?\s([0-9]{4})", text.lower()):
        day, month, year = named.groups()
    elif named := re.fullmatch(r"([a-z]{3,9})\.?\s([0-9]{1,2}),?\s([0-9]{4})", text.lower()):
        month, day, year = named.groups()
    else:
        return None
    return (int(year), _MONTHS.index(month[:3]) + 1, int(day)) if month[:3] in _MONTHS else None


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
