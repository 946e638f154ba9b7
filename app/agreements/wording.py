"""Terms in words: what stands in the list of terms, and what a proposal changes in it."""

from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from markupsafe import Markup, escape

from app.agreements.terms import Terms
from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import own
from app.core.wording import day, hours, money

_SPANS = {"total": _l("in all"), "day": _l("a day"), "week": _l("a week")}
_NONE = "–"

Term = tuple[str, str] | tuple[str, str, str]


def in_words(terms: Terms, today: date) -> list[Term]:
    """Return the terms as pairs of label and value, without what is not said."""
    return [(label, value) for label, value in _rows(terms, today) if value != _NONE]


def compared(terms: Terms, before: Terms, today: date) -> list[Term]:
    """Return the terms as `in_words`, with a third value, what it was, where `before` said something else."""
    rows: list[Term] = []
    for (label, value), (_label, was) in zip(_rows(terms, today), _rows(before, today), strict=True):
        if value != was:
            rows.append((label, value, was))
        elif value != _NONE:
            rows.append((label, value))
    return rows


def changed_fields(terms: Terms, before: Terms) -> set[str]:
    """Return the names of what is different."""
    return {name for name in Terms.__dataclass_fields__ if getattr(terms, name) != getattr(before, name)}


def marked(text: str, before: str) -> Markup:
    """Return a text with the words marked that came in (`ins`) and went out (`del`) since `before`."""
    old, new = _words(before), _words(text)
    parts = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            parts.append(escape(come))
            continue
        if gone.strip():
            parts.append(Markup("<del>{}</del> ").format(gone.strip()))
        if come.strip():
            parts.append(Markup("<ins>{}</ins>").format(come.rstrip()) + escape(come[len(come.rstrip()) :]))
    return Markup("").join(parts)


def pay_in_words(terms: Terms) -> str:
    """Return what is given for the work, in a few words."""
    if terms.settlement == "money" and terms.amount is not None:
        amount = money(terms.amount, terms.currency or "EUR")
        return _("%(amount)s an hour", amount=amount) if terms.pay_kind == "hourly" else amount
    elif terms.settlement == "credits" and terms.credits_minutes:
        return _("%(hours)s of credit", hours=hours(terms.credits_minutes))
    elif terms.settlement == "favour":
        return terms.favour or _("A favour in return")
    elif terms.settlement == "none":
        return _("No pay")
    else:
        return _NONE


def place_in_words(terms: Any) -> str:
    """Return where it is done; for terms and for an agreement alike."""
    if terms.place:
        return _("%(place)s or remote", place=terms.place) if terms.remote else terms.place
    return _("Remote") if terms.remote else _NONE


def _rows(terms: Terms, today: date) -> Iterator[tuple[str, str]]:
    yield _("Title"), terms.title
    yield (_("Pay") if terms.settlement == "money" else _("In return")), pay_in_words(terms)
    yield _("Effort"), _effort(terms)
    yield _("Starts"), day(terms.starts_on, today) if terms.starts_on else _NONE
    yield _("Due"), day(terms.due_on, today) if terms.due_on else _NONE
    yield _("Where"), place_in_words(terms)
    yield _("Milestones"), _milestones(terms, today)


def _effort(terms: Terms) -> str:
    if not terms.effort_minutes:
        return _NONE
    return f"{hours(terms.effort_minutes)} {_SPANS.get(terms.effort_span or 'total', '')}".strip()


def _milestones(terms: Terms, today: date) -> str:
    return "; ".join(_milestone(part, terms, today) for part in terms.milestones) or _NONE


def _milestone(part: Any, terms: Terms, today: date) -> str:
    amount = money(part.amount, terms.currency or "EUR") if part.amount is not None else ""
    due = _("by %(day)s", day=day(part.due_on, today)) if part.due_on else ""
    return ", ".join(filter(None, (own(part.title), amount, due)))


def _words(text: str) -> list[str]:
    """Return the words of a text, each with the white space after it."""
    words: list[str] = []
    for piece in text.replace("\n", " \n ").split(" "):
        words.append(f"{piece} ")
    return words
