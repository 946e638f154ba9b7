"""Pay as files tell it: “Hourly: $25.00 - $50.00”; “Fixed price” with “Est. budget: $20.00” beside it; “N/A”."""

import re
from dataclasses import dataclass
from typing import Any

from app.core.languages import gettext as _
from app.core.money import UnreadableAmount, read_amount

_HOURLY = re.compile(r"\b(hour|hourly|hr|hrs|p/?h)\b|/\s*h\b", re.IGNORECASE)
_FIXED = re.compile(r"\b(fixed|flat|lump|project|budget|total)\b", re.IGNORECASE)
_NOTHING = re.compile(r"\b(unpaid|volunteer(?:ing)?|voluntary|no pay|nothing|none|free|pro bono)\b", re.IGNORECASE)
_CREDITS = re.compile(r"([\d.]+)\s*(?:time\s*)?credits?\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d[\d.,'’\u00a0 ]*\d|\d")
_BELOW_ZERO = re.compile(r"\s*[-−(]\s*[^\w\s]?\d")
_CODE = re.compile(r"\b(EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|CAD|AUD|NZD|INR|JPY|ZAR|NGN|GHS|KES|BRL|MXN)\b")
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₦": "NGN", "$": "USD"}
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "MXN", "HKD")
# What stands in a cell that says nothing.
_BLANK = re.compile(
    r"(?:n\.?/?a\.?|tbd|tba|-+|–|—|\?+|to be (?:agreed|discussed|decided)|negotiable|open|none given)?", re.IGNORECASE
)


class UnreadablePay(ValueError):
    """What the cells say is no pay; the message says why."""


@dataclass(frozen=True, slots=True)
class Pay:
    """How something is settled. Amounts are minor units of `currency`, None where nothing was said; credits are minutes."""

    settlement: str = "none"
    pay_kind: str | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    currency: str | None = None
    credits_minutes: int | None = None

    def columns(self) -> dict[str, Any]:
        """Return the columns of a gig."""
        return {name: getattr(self, name) for name in self.__slots__}


def read_pay(pay: str, budget: str, *, currency: str) -> Pay:
    """Return what two cells say together: how it is paid, and how much.

    :param currency: what amounts without a sign are in.
    :raises UnreadablePay: when there are words that are no pay.
    """
    said = [cell.strip() for cell in (pay, budget) if not _BLANK.fullmatch(cell.strip())]
    if not said:
        return Pay()
    told = next((cell for cell in said if _AMOUNT.search(cell)), "")
    everything = " ".join(said)
    if hours := _CREDITS.search(everything):
        return Pay("credits", credits_minutes=_minutes(hours[1]))
    elif told:
        return _amounts(told, everything, currency)
    elif _NOTHING.search(everything):
        return Pay()
    elif _HOURLY.search(everything) or _FIXED.search(everything):
        return Pay("money", pay_kind=_pay_kind(everything), currency=currency)
    else:
        raise UnreadablePay(
            _("“%(everything)s” is no pay, such as 250, 20-30 an hour, or fixed price.", everything=_short(everything))
        )


def _amounts(told: str, everything: str, currency: str) -> Pay:
    if _BELOW_ZERO.match(told):
        raise UnreadablePay(_("An amount cannot be less than zero."))
    unit = _currency_of(told) or currency
    if unit == "USD" and currency in _DOLLARS and "$" in told:
        unit = currency
    thousands = re.search(r"\d\s?k\b", told, re.IGNORECASE)
    try:
        amounts = [read_amount(piece, unit) * (1000 if thousands else 1) for piece in _AMOUNT.findall(told)]
    except UnreadableAmount as problem:
        raise UnreadablePay(str(problem)) from None
    if len(amounts) > 2:
        raise UnreadablePay(
            _(
                "“%(told)s” names %(amounts)s amounts; one, or a range of two, can be read.",
                told=_short(told),
                amounts=len(amounts),
            )
        )
    least, most = min(amounts), max(amounts)
    if most == 0:
        return Pay()
    return Pay("money", _pay_kind(everything), least, most if most > least else None, unit)


def _pay_kind(everything: str) -> str:
    return "hourly" if _HOURLY.search(everything) else "fixed"


def _currency_of(told: str) -> str | None:
    if code := _CODE.search(told.upper()):
        return code[1]
    return next((currency for sign, currency in _SIGNS.items() if sign in told), None)


def _minutes(hours: str) -> int:
    try:
        return max(1, int(float(hours) * 60))
    except ValueError:
        raise UnreadablePay(_("“%(hours)s” is no number of credits.", hours=_short(hours))) from None


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"
