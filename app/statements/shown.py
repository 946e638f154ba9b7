"""Statements and books in words, for pages: every amount and day as one reads it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for
from markupsafe import Markup

from app.core.languages import gettext as _
from app.core.languages import own
from app.core.months import month_after, month_before
from app.core.wording import money, short_day
from app.core.wording import month as month_in_words
from app.profiles.people import as_person
from app.statements.months import written
from app.statements.queries import entries_of
from app.statements.statement import Account, Total
from app.statements.words import kind_name
from app.treasury.words import account_name
from tenants.context import tenant


def account_shown(one: Account, month: date) -> dict[str, Any]:
    """Return an account of a member's statement: its name, and rows of day, what, what for and amount, from beginning to end."""
    begun = (short_day(month), _("At the beginning"), "", money(one.opening, one.currency))
    last = month_after(month) - timedelta(days=1)
    ended = (short_day(last), _("At the end"), "", money(one.closing, one.currency))
    happened = [
        (
            _day(moved.happened_at),
            kind_name(moved.kind),
            linked(moved.title, moved.about),
            money(moved.amount, one.currency),
        )
        for moved in one.movements
    ]
    return {"title": account_name(one.name), "rows": [begun, *happened, ended]}


def linked(title: str, about: tuple[str, UUID] | None) -> Any:
    """Return what something was about, with the way to it; empty where it was not written down."""
    if not title or about is None:
        return own(title)
    kind, about_id = about
    places = {
        "agreement": lambda: url_for("agreements.show", agreement_id=about_id),
        "gig": lambda: url_for("gigs.show", gig_id=about_id),
        "tier": lambda: url_for("memberships.show"),
    }
    return Markup('<a href="{}">{}</a>').format(places[kind](), own(title))


def balance_rows(totals: Iterable[Total]) -> list[tuple[str, ...]]:
    """Return the rows of the marketplace's accounts: name, before, debits, credits, after."""
    return [
        (account_name(one.name), *(money(amount, one.currency) for amount in _figures(one)))
        for one in totals
        if any(_figures(one))
    ]


def result_rows(totals: Iterable[Total]) -> list[tuple[str, str]]:
    """Return what was earned and what it cost in the month."""
    return [
        (account_name(one.name), money(one.came_to, one.currency)) for one in totals if one.is_result and one.came_to
    ]


def party_shown(row: Any, month: date) -> dict[str, Any]:
    """Return somebody whose money moved, with what they earned and what waits to be sent to them."""
    earned, owed = (money(int(amount), row.currency) for amount in (row.earned, row.owed))
    if row.owed:
        note = _("earned %(earned)s, still to be sent %(owed)s", earned=earned, owed=owed)
    elif row.earned:
        note = _("earned %(earned)s, all of it sent", earned=earned)
    else:
        note = _("paid, or was paid back")
    return {
        "person": as_person(row),
        "note": note,
        "href": url_for("statements.of_party", member_id=row.id, month=written(month)),
    }


def transactions_shown(page: Iterable[Any]) -> list[dict[str, Any]]:
    """Return transactions with their entries: account, whose, debit, credit."""
    listed = list(page)
    entries = entries_of([row.id for row in listed])
    return [
        {
            "title": kind_name(row.kind),
            "about": linked(row.title, (row.about_kind, row.about_id) if row.about_id else None),
            "at": row.happened_at,
            "source": row.source,
            "rows": [_entry(one) for one in entries[row.id]],
        }
        for row in listed
    ]


def turning(month: date, today: date, endpoint: str, **values: Any) -> dict[str, Any]:
    """Return the ways to the months around one: address and name, None where there is none to come yet."""
    before, after = month_before(month), month_after(month)
    return {
        "before": (url_for(endpoint, month=written(before), **values), month_in_words(before)),
        "after": (url_for(endpoint, month=written(after), **values), month_in_words(after)) if after <= today else None,
    }


def _figures(one: Total) -> tuple[int, int, int, int]:
    return one.opening, one.debits, one.credits, one.closing


def _entry(row: Any) -> tuple[str, str, str, str]:
    amount = money(abs(row.amount), row.currency)
    whose = own(row.name) if row.name else ""
    return account_name(row.account), whose, amount if row.amount > 0 else "", amount if row.amount < 0 else ""


def _day(moment: Any) -> str:
    return short_day(moment.astimezone(ZoneInfo(tenant.time_zone)).date())
