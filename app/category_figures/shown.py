"""Figures in words: what each is, and what it was before."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.category_figures.figures import Counts, Figures, Waits
from app.category_figures.models import CategoryTargets
from app.category_figures.waits import FILLED_DAYS
from app.core import locales
from app.core.languages import gettext as _
from app.core.languages import language, ngettext, own, pgettext
from app.core.wording import listed, money, number, percent, short_day, span
from app.core.wording import month as month_in_words

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure: what stands large, what it is called, what it was before and what else is to be known."""

    value: str
    label: str
    note: str


def tiles(figures: Figures, *, shares: str) -> list[Shown]:
    """Return the figures, each against the span before.

    :param shares: what the share earned is called; empty where whoever looks has none.
    """
    now, before = figures.now, figures.before
    found = [
        Shown(number(figures.open), _("open now"), _was(_posted(now.posted), _posted(before.posted))),
        Shown(number(now.filled), _("gigs found somebody"), _was("", number(before.filled))),
        _half(now.gigs, before.gigs, _("until half of the gigs found somebody")),
        _half(now.hands, before.hands, _("until half of the raised hands were answered")),
        Shown(_part(now), _("agreed by two who had worked together before"), _was(_of_all(now), _part(before))),
        Shown(_stars(now), _("of five stars in reviews"), _was(_reviews(now), _stars(before))),
    ]
    return [*found, Shown(_earned(now), shares, _was("", _earned(before)))] if shares else found


def within_bars(waits: Waits) -> list[dict[str, Any]]:
    """Return bars: after how many days how much of what was posted had found somebody; none where it was watched too shortly."""
    return [
        {"label": span(days * _DAY), "value": share, "shown": percent(share)}
        for days, share in zip(FILLED_DAYS, waits.shares, strict=False)
        if waits.says_something and waits.reach >= days * 86400
    ]


def unmet_bars(figures: Figures) -> list[dict[str, Any]]:
    """Return bars: how many gigs need each skill that nobody has."""
    return [
        {
            "label": own(skill.name),
            "value": skill.gigs,
            "note": ngettext("%(num)s would like to learn it", "%(num)s would like to learn it", skill.learners)
            if skill.learners
            else "",
        }
        for skill in figures.unmet
    ]


def courses(figures: Figures) -> list[dict[str, Any]]:
    """Return two lines over weeks or months: what was posted, and what found somebody."""
    by_month = figures.span.unit == "month"
    labels = [month_in_words(at, short=True) if by_month else short_day(at) for at, _posted, _filled in figures.course]
    titles = ((1, _("Gigs posted")), (2, _("Gigs that found somebody")))
    return [
        {
            "title": title,
            "points": list(zip(labels, (row[place] for row in figures.course), strict=True)),
            "value": number(sum(row[place] for row in figures.course)),
        }
        for place, title in titles
    ]


def targets_shown(figures: Figures, targets: CategoryTargets) -> list[dict[str, Any]]:
    """Return what is wanted, the share that was so, and whether that is half or more: `kept` True, False, or None."""
    found = []
    if targets.filled_days is not None:
        length = targets.filled_days * _DAY
        text = ngettext(
            "Half of the gigs find somebody within %(num)s day",
            "Half of the gigs find somebody within %(num)s days",
            targets.filled_days,
        )
        found.append(_target(text, figures.now.gigs, length))
    if targets.answered_hours is not None:
        length = targets.answered_hours * _HOUR
        text = ngettext(
            "Half of those who raise a hand are answered within %(num)s hour",
            "Half of those who raise a hand are answered within %(num)s hours",
            targets.answered_hours,
        )
        found.append(_target(text, figures.now.hands, length))
    return found


def _target(text: str, waits: Waits, length: timedelta) -> dict[str, Any]:
    kept = waits.keeps(length.total_seconds())
    badges = {True: ("accepted", _("Kept")), False: ("expired", _("Not kept")), None: ("draft", _("Too early to say"))}
    so_far = _("%(share)s were, so far.", share=percent(waits.in_target)) if waits.says_something else ""
    return {"text": text, "note": so_far, "state": badges[kept][0], "badge": badges[kept][1]}


def _half(now: Waits, before: Waits, label: str) -> Shown:
    still = ngettext("%(num)s still waits", "%(num)s still wait", now.waiting) if now.waiting else ""
    return Shown(_length(now), label, _was(still, _length(before)))


def _length(waits: Waits) -> str:
    if not waits.says_something:
        return pgettext("a length of time", "too few")
    elif waits.half is None:
        return pgettext("a length of time", "not half yet")
    return span(timedelta(seconds=waits.half))


def _was(note: str, before: str) -> str:
    was = _("before: %(value)s", value=before)
    return f"{note} · {was}" if note else was


def _posted(posted: int) -> str:
    return ngettext("%(num)s posted", "%(num)s posted", posted)


def _part(counts: Counts) -> str:
    return pgettext("agreements", "too few") if counts.repeat is None else percent(counts.repeat)


def _of_all(counts: Counts) -> str:
    return ngettext("of %(num)s agreement", "of %(num)s agreements", counts.agreed) if counts.agreed else ""


def _stars(counts: Counts) -> str:
    if counts.satisfaction is None:
        return pgettext("reviews", "too few")
    return locales.decimal(round(counts.satisfaction * 10) * 10, language())


def _reviews(counts: Counts) -> str:
    return ngettext("%(num)s review", "%(num)s reviews", counts.rated) if counts.rated else ""


def _earned(counts: Counts) -> str:
    shares = [money(amount, currency) for currency, amount in counts.earned.items()]
    return listed(shares) if shares else "–"
