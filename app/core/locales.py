"""Numbers, money, dates and lists as each language writes them, from Babel's tables. Pure, and remembered: a page calls
these for every row.

English is written here as a reader in Europe expects it, whoever runs the hall: the day before the month.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_timedelta, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

from app.core.currencies import exponent, symbol

#: How a day is written: in full, with its year, in few letters, those with the year, with its weekday; and its month, in full
#: or in few letters.
_DAYS = {
    "en": ("d MMMM", "d MMMM y", "d MMM", "d MMM y", "EEEE d MMMM y", "MMMM y", "MMM y"),
    "de": ("d. MMMM", "d. MMMM y", "d. MMM", "d. MMM y", "EEEE, d. MMMM y", "MMMM y", "MMM y"),
    "es": ("d 'de' MMMM", "d 'de' MMMM 'de' y", "d MMM", "d MMM y", "EEEE, d 'de' MMMM 'de' y", "MMMM 'de' y", "MMM y"),
    "ar": ("d MMMM", "d MMMM y", "d MMMM", "d MMMM y", "EEEE، d MMMM y", "MMMM y", "MMMM y"),
}
# Say which way to read; Arabic amounts begin with one.
_MARKS = "\u200e\u200f"
_SHAPES = ("day", "day_of_year", "short", "short_of_year", "weekday", "month", "short_month")


@lru_cache(maxsize=4096)
def number(value: int, language: str) -> str:
    """Return a whole number: 1204 → “1,204”, “1.204”."""
    return f"{value:,}" if language == "en" else format_decimal(value, locale=language)


@lru_cache(maxsize=4096)
def decimal(hundredths: int, language: str) -> str:
    """Return a number with as many of two decimals as it has: 250 → “2.5”, “2,5”."""
    return format_decimal(Decimal(hundredths).scaleb(-2), locale=language, decimal_quantization=False)


@lru_cache(maxsize=512)
def percent(hundredths: int, language: str) -> str:
    """Return a share in whole hundredths: 34 → “34%”, “34 %”."""
    return format_percent(hundredths / 100, locale=language)


@lru_cache(maxsize=512)
def points(basis_points: int, language: str) -> str:
    """Return a share in basis points: 250 → “2.5%”, “2,5 %”."""
    return format_percent(Decimal(basis_points).scaleb(-4), locale=language, decimal_quantization=False)


@lru_cache(maxsize=4096)
def money(minor: int, currency: str, language: str) -> str:
    """Return an amount with its sign, decimals only where it has any: “€1,250”, “1.250,50 €”."""
    places = exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    minus = "−" if minor < 0 else ""
    if language == "en":
        return f"{minus}{symbol(currency)}{whole:,}{f'.{rest:0{places}}' if rest else ''}"
    amount = Decimal(abs(minor)).scaleb(-places)
    if language == "ar":
        # Babel's signs there hold Latin letters (“UK£”), which stand the wrong way round between Arabic words.
        written = format_decimal(amount, format=f"#,##0{f'.{0:0{places}}' if rest else ''}", locale=language)
        return f"\u200f{minus}{written}\u00a0{symbol(currency).strip()}"
    return minus + format_currency(
        amount, currency, format=_money_pattern(places if rest else 0, language), locale=language, currency_digits=False
    )


@lru_cache(maxsize=4096)
def money_span(least: int, most: int, currency: str, language: str) -> str:
    """Return a span of amounts with one sign: “€40–60”, “40–60 €”."""
    first, last = money(least, currency, language), money(most, currency, language)
    if not last.lstrip(_MARKS)[0].isdigit():
        return f"{first}–{last.lstrip(_not_digits(last))}"
    return f"{first.rstrip(_not_digits(first))}–{last.lstrip(_MARKS)}"


@lru_cache(maxsize=4096)
def day(when: date, shape: str, language: str) -> str:
    """Return a calendar day in one of our shapes: “22 November”, “22. November 2026”."""
    return format_date(when, _DAYS[language][_SHAPES.index(shape)], locale=language)


def distance(seconds: float, language: str) -> str:
    """Return how long ago a moment was, or how far ahead (less than nothing): “vor 3 Std.”, “hace 2 días”."""
    span = timedelta(seconds=-seconds)
    width: Literal["short", "long"] = "short" if abs(seconds) < 86_400 else "long"
    return format_timedelta(span, add_direction=True, format=width, threshold=1, locale=language)


def span(length: timedelta, language: str) -> str:
    """Return a length of time in its largest unit: “9 hours”, “2 Tage”."""
    return format_timedelta(length, threshold=1, format="long", locale=language)


@lru_cache
def weekdays(language: str) -> tuple[str, ...]:
    """Return the days of a week from Monday on, in few letters."""
    names = get_day_names("abbreviated", "stand-alone", locale=language)
    return tuple(names[day] for day in range(7))


@lru_cache
def weekday(number: int, language: str) -> str:
    """Return the name of a day of the week; 0 is Monday."""
    return str(get_day_names("wide", "stand-alone", locale=language)[number])


def listed(words: list[str], language: str) -> str:
    """Return words as a list in a sentence: “a, b and c”, “a, b und c”."""
    if language == "en":
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return format_list(words, locale=language)


@lru_cache
def _money_pattern(decimals: int, language: str) -> str:
    pattern: str = Locale.parse(language).currency_formats["standard"].pattern.split(";")[0]
    return pattern.replace(".00", f".{'0' * decimals}" if decimals else "")


def _not_digits(amount: str) -> str:
    return "".join({character for character in amount if not character.isdigit()})
