"""Currencies: how many minor units one has and how it is written. Amounts are whole minor units."""

# ISO 4217: the currencies that do not have two decimals.
_WITHOUT_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_WITH_THREE = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})

_SYMBOLS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "C$",
    "CHF": "CHF\u00a0",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "MXN": "MX$",
    "NGN": "₦",
    "NZD": "NZ$",
    "PHP": "₱",
    "TRY": "₺",
    "UAH": "₴",
    "USD": "$",
    "VND": "₫",
}


def exponent(currency: str) -> int:
    """Return how many decimals an amount in an ISO currency has."""
    return 0 if currency in _WITHOUT_DECIMALS else 3 if currency in _WITH_THREE else 2


def symbol(currency: str) -> str:
    """Return what stands before an amount: “€”, or the code and a space where there is no sign."""
    return _SYMBOLS.get(currency) or f"{currency}\u00a0"


def common_currencies(first: str) -> list[tuple[str, str]]:
    """Return the currencies to choose from, as pairs of code and label, with `first` on top."""
    codes = [first, *(code for code in sorted(_SYMBOLS) if code != first)]
    return [(code, f"{code} ({symbol(code).strip()})" if symbol(code).strip() != code else code) for code in codes]


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
        raise UnreadableAmount("An amount cannot be less than zero.")
    whole, decimals = _split(amount, typed, currency)
    places = exponent(currency)
    if len(decimals.rstrip("0")) > places:
        allowed = f"has {places} decimals at most" if places else "has no decimals"
        raise UnreadableAmount(f"“{_short(typed)}” is too exact: {currency} {allowed}.")
    return int(whole or "0") * int(10**places) + int(decimals[:places].ljust(places, "0") or "0")


def _without_currency(typed: str, currency: str) -> str:
    amount = "".join(typed.split()).upper()
    for mark in (currency, symbol(currency).strip(), "$" if "$" in symbol(currency) else ""):
        if mark:
            amount = amount.removeprefix(mark).removesuffix(mark)
    # “1.250,–” and “1.250,-” are how round sums are written in much of Europe.
    for ending in (",-", ".-", ",–", ".–", ",—"):
        amount = amount.removesuffix(ending)
    others = [code for code, sign in _SYMBOLS.items() if code in amount or sign.strip() in amount]
    if others and currency not in others:
        raise UnreadableAmount(f"Amounts here are in {currency}; “{_short(typed)}” is not.")
    return amount.strip("'’_")


def _split(amount: str, typed: str, currency: str) -> tuple[str, str]:
    """Return the digits before and after the decimal mark."""
    unreadable = UnreadableAmount(f"“{_short(typed)}” is not an amount, such as 1250 or 1250.50.")
    for apostrophe in "'’_":
        amount = amount.replace(apostrophe, "")
    digits = amount.replace(".", "").replace(",", "")
    # isascii also refuses superscripts and other digits that look alike.
    if not digits.isascii() or not digits.isdigit():
        raise unreadable
    if len(digits) > 15:
        raise UnreadableAmount(f"“{_short(typed)}” is more than can be paid here.")
    mark = _decimal_mark(amount, currency)
    if mark == "?":
        raise UnreadableAmount(f"“{_short(typed)}” can be read in two ways; write it without the separator.")
    whole, _, decimals = amount.rpartition(mark) if mark else (amount, "", "")
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
    whole, _, after = amount.partition(marks[0])
    looks_grouped = len(after) == 3 and 0 < len(whole) <= 3 and not whole.startswith("0")
    if looks_grouped and exponent(currency) == 3:
        return "?"
    return "" if looks_grouped else marks[0]


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"
