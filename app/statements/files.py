"""Statements as files for other programs: each amount as a decimal, with its currency beside it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from werkzeug.wrappers import Response

from app.core.money import plain_amount
from app.statements.statement import Account, Total
from billing.statements import as_words

OF_PARTY = ("date", "account", "what", "amount", "currency", "about")
OF_HALL = ("account", "currency", "opening", "debits", "credits", "closing")


def lines_of_party(accounts: Iterable[Account]) -> Iterator[Sequence[Any]]:
    """Give the rows of a member's statement: for each account what stood there, what happened, what stands there."""
    yield OF_PARTY
    for one in accounts:
        yield ("", one.name, "opening", plain_amount(one.opening, one.currency), one.currency, "")
        for moved in one.movements:
            amount = plain_amount(moved.amount, one.currency)
            yield (moved.happened_at.isoformat(), one.name, moved.kind, amount, one.currency, as_words(moved.title))
        yield ("", one.name, "closing", plain_amount(one.closing, one.currency), one.currency, "")


def lines_of_hall(totals: Iterable[Total]) -> Iterator[Sequence[Any]]:
    """Give the rows of the marketplace's statement, debits positive and credits negative."""
    yield OF_HALL
    for one in totals:
        figures = (one.opening, one.debits, one.credits, one.closing)
        yield (one.name, one.currency, *(plain_amount(figure, one.currency) for figure in figures))


def as_file(rows: Iterable[Sequence[Any]], name: str) -> Response:
    """Answer with rows as a file of CSV."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return attached(written.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def attached(content: str | bytes, name: str, content_type: str) -> Response:
    """Answer with a file to keep. `name` holds nothing but what we made ourselves."""
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # It is somebody's money, and the next one at this computer is somebody else.
    answer.headers["Cache-Control"] = "no-store"
    return answer
