"""Amounts as people type them. They are kept as whole minor units."""

from app.core.currencies import SYMBOLS, exponent, symbol
from app.core.languages import gettext as _


def plain_amount(minor: int, currency: str) -> str:
    """Return an amount as a person types it: 125000 → “1250.00”, no symbol and no grouping."""
    decimals = exponent(currency)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


class UnreadableAmount(ValueError):
    """A typed amount that cannot be read, with the reason in words."""


def read_amount(typed: str, currency: str) -> int:
    """Return the minor units of a typed amount.

    Takes both habits of writing, “1,250.00” and “1.250,00”, spaces and apostrophes as grouping,
    the currency's sign or code before or after. One separator with three digits after it groups
    (“1,250” is one thousand two hundred and fifty), unless the currency has three decimals.

    :raises UnreadableAmount: when it is no amount, is negative, is in another currency, or has
        more decimals than the currency.
    """
    amount = _without_currency(typed, currency)
    if amount.startswith(("-", "−", "–", "(")):
        raise UnreadableAmount(_("An amount cannot be less than zero."))
    whole, decimals = _split(amount, typed, currency)
    places = exponent(currency)
    if len(decimals.rstrip("0")) > places:
        allowed = _("has %(places)s decimals at most", places=places) if places else _("has no decimals")
        raise UnreadableAmount(
            _(
                "“%(typed)s” is too exact: %(currency)s %(allowed)s.",
                typed=_short(typed),
                currency=currency,
                allowed=allowed,
            )
        )
    return int(whole or "0") * int(10**places) + int(decimals[:places].ljust(places, "0") or "0")


def _without_currency(typed: str, currency: str) -> str:
    amount = "".join(typed.split()).upper()
    for mark in (currency, symbol(currency).strip(), "$" if "$" in symbol(currency) else ""):
        if mark:
            amount = amount.removeprefix(mark).removesuffix(mark)
    # “1.250,–” and “1.250,-” are how round sums are written in much of Europe.
    for ending in (",-", ".-", ",–", ".–", ",—"):
        amount = amount.removesuffix(ending)
    others = [code for code, sign in SYMBOLS.items() if code in amount or sign.strip() in amount]
    if others and currency not in others:
        raise UnreadableAmount(
            _("Amounts here are in %(currency)s; “%(typed)s” is not.", currency=currency, typed=_short(typed))
        )
    return amount.strip("'’_")


def _split(amount: str, typed: str, currency: str) -> tuple[str, str]:
    """Return the digits before and after the decimal mark."""
    unreadable = UnreadableAmount(_("“%(typed)s” is not an amount, such as 1250 or 1250.50.", typed=_short(typed)))
    for apostrophe in "'’_":
        amount = amount.replace(apostrophe, "")
    digits = amount.replace(".", "").replace(",", "")
    # isascii also refuses superscripts and other digits that look alike.
    if not digits.isascii() or not digits.isdigit():
        raise unreadable
    if len(digits) > 15:
        raise UnreadableAmount(_("“%(typed)s” is more than can be paid here.", typed=_short(typed)))
    mark = _decimal_mark(amount, currency)
    if mark == "?":
        raise UnreadableAmount(
            _("“%(typed)s” can be read in two ways; write it without the separator.", typed=_short(typed))
        )
    whole, _mark, decimals = amount.rpartition(mark) if mark else (amount, "", "")
    groups = whole.replace(",", ".").split(".")
    is_grouped = len(groups) == 1 or (
        0 < len(groups[0]) <= 3
        and len(groups[-1]) == 3
        and all(len(group) in (2, 3) for group in groups[1:])
        and len(set(whole) & {".", ","}) == 1
    )
    if not is_grouped or (mark and mark in whole):
        raise unreadable
    return "".join(groups), decimals


def _decimal_mark(amount: str, currency: str) -> str:
    """Return the decimal mark of an amount, an empty text when it has none, “?” when nobody can
    tell."""
    marks = [character for character in amount if character in ".,"]
    if not marks:
        return ""
    elif len(set(marks)) == 2:
        return marks[-1]
    elif len(marks) > 1:
        return ""
    whole, _mark, after = amount.partition(marks[0])
    looks_grouped = len(after) == 3 and 0 < len(whole) <= 3 and not whole.startswith("0")
    if looks_grouped and exponent(currency) == 3:
        return "?"
    return "" if looks_grouped else marks[0]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"
