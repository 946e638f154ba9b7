"""A category's figures for other programs: a line for each, with the days that it is of."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from app.category_figures.figures import Counts, Figures
from app.core.money import plain_amount
from app.core.sheets import guarded

HEAD = ("figure", "unit", "from", "to", "value")


def lines_of(figures: Figures) -> Iterator[Sequence[Any]]:
    """Give the figures of both spans, the course, and the missing skills; empty where there is too little to say."""
    at = figures.span
    yield HEAD
    yield ("open", "gigs", at.today, at.today, figures.open)
    for counts, since, until in (
        (figures.now, at.first, at.today),
        (figures.before, at.first_before, at.first - timedelta(days=1)),
    ):
        yield from ((name, unit, since, until, value) for name, unit, value in _values(counts))
    for first, posted, filled in figures.course:
        yield (f"posted in the {at.unit}", "gigs", first, "", posted)
        yield (f"filled in the {at.unit}", "gigs", first, "", filled)
    for skill in figures.unmet:
        yield (guarded(f"missing skill: {skill.name}"), "gigs", at.first, at.today, skill.gigs)


def _values(counts: Counts) -> Iterator[tuple[str, str, Any]]:
    yield ("posted", "gigs", counts.posted)
    yield ("filled", "gigs", counts.filled)
    for name, waits in (("filled", counts.gigs), ("answered", counts.hands)):
        half = waits.half if waits.says_something and waits.half is not None else None
        yield (f"half {name} within", "hours", "" if half is None else round(half / 3600, 2))
        yield (f"not {name} yet", "gigs" if name == "filled" else "people", waits.waiting)
    yield ("agreed", "agreements", counts.agreed)
    yield ("agreed again", "agreements", counts.again)
    yield ("reviews", "reviews", counts.rated)
    yield ("satisfaction", "stars", "" if counts.satisfaction is None else round(counts.satisfaction, 2))
    for currency, amount in counts.earned.items():
        yield ("share earned", currency, plain_amount(amount, currency))
