"""Statements as documents: the same figures as on their pages, with the currency's code beside each."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.languages import gettext as _
from app.core.money import plain_amount
from app.core.months import month_after
from app.core.timers import day_of
from app.core.wording import full_day
from app.core.wording import month as month_in_words
from app.statements.pdf import Part, on_paper
from app.statements.statement import Account, Total
from app.statements.words import kind_name
from app.treasury.words import account_name
from tenants.context import tenant


def paper_of_party(accounts: Iterable[Account], month: date, *, name: str, party_id: UUID) -> bytes:
    """Return a member's statement of a month as a PDF."""
    parts = [_account(one, month) for one in accounts]
    # The number says whose it is, also where their name is in letters that the typeface lacks.
    return _paper(_("Statement of %(name)s", name=name), month, [str(party_id)], parts)


def paper_of_hall(totals: Iterable[Total], month: date) -> bytes:
    """Return the marketplace's statement of a month as a PDF."""
    head = (_("Account"), _("Before"), _("Debits"), _("Credits"), _("After"))
    rows = [
        (account_name(one.name), *(_amount(figure, one.currency) for figure in figures))
        for one in totals
        if any(figures := (one.opening, one.debits, one.credits, one.closing))
    ]
    parts = [Part(_("All accounts"), head, rows, figures=4)] if rows else []
    return _paper(_("Statements"), month, [], parts)


def _paper(heading: str, month: date, lines: list[str], parts: list[Part]) -> bytes:
    now = clock.now()
    made = _("As the books stood on %(day)s.", day=full_day(day_of(now, tenant.time_zone)))
    nothing = [] if parts else [_("Nothing in this month")]
    return on_paper(
        heading, [month_in_words(month), f"{tenant.name} ({tenant.host})", *lines, made, *nothing], parts, now=now
    )


def _account(one: Account, month: date) -> Part:
    last = month_after(month) - timedelta(days=1)
    rows = [
        (full_day(month), _("At the beginning"), "", _amount(one.opening, one.currency)),
        *(
            (
                full_day(moved.happened_at.astimezone(ZoneInfo(tenant.time_zone)).date()),
                kind_name(moved.kind),
                moved.title,
                _amount(moved.amount, one.currency),
            )
            for moved in one.movements
        ),
        (full_day(last), _("At the end"), "", _amount(one.closing, one.currency)),
    ]
    return Part(account_name(one.name), (_("Day"), _("What"), _("What for"), _("Amount")), rows)


def _amount(minor: int, currency: str) -> str:
    return f"{plain_amount(minor, currency)} {currency}"
