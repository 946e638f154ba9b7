"""Currencies: how many minor units one has, and how it is written in English."""

# ISO 4217: the currencies that do not have two decimals.
_WITHOUT_DECIMALS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_WITH_THREE = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})

SYMBOLS = {
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
    return SYMBOLS.get(currency) or f"{currency}\u00a0"


def common_currencies(first: str) -> list[tuple[str, str]]:
    """Return the currencies to choose from, as pairs of code and label, with `first` on top."""
    codes = [first, *(code for code in sorted(SYMBOLS) if code != first)]
    return [(code, f"{code} ({symbol(code).strip()})" if symbol(code).strip() != code else code) for code in codes]
