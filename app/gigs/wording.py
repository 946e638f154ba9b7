"""What a gig says of itself in few words. Pure and quick: a listing calls these for every row."""

from datetime import date
from typing import Any

from app.core.languages import gettext as _
from app.core.languages import lazy_gettext as _l
from app.core.languages import ngettext
from app.core.wording import day, hours, listed, money, money_range, number, short_day

DIRECTIONS = {"request": _l("Someone needs"), "offer": _l("Someone offers")}
KINDS = {
    "gig": _l("Gig"),
    "mentorship": _l("Mentorship"),
    "shadowing": _l("Shadowing"),
    "committee": _l("Committee"),
    "learning": _l("Learning"),
}
OFFERS = {
    "gig": _l("Offer"),
    "mentorship": _l("Offer of mentorship"),
    "shadowing": _l("Offer of shadowing"),
    "committee": _l("Offer of committee"),
    "learning": _l("Offer of learning"),
}
SETTLEMENTS = {
    "money": _l("Money"),
    "credits": _l("Time credits"),
    "favour": _l("A favour"),
    "none": _l("Nothing in return"),
}
AUDIENCES = {"hall": _l("Everybody who visits"), "members": _l("Members only")}
SPANS = {"total": _l("in all"), "day": _l("a day"), "week": _l("a week")}
LEVELS = {
    "": _l("Any"),
    "Entry level": _l("Starting out"),
    "Intermediate": _l("Some experience"),
    "Expert": _l("A lot of experience"),
}


def pay(gig: Any) -> tuple[str, str]:
    """Return what it is worth, and the unit: (“£32–40”, “an hour, about 30 h”). Without a reward, the time it takes."""
    if gig.settlement == "money":
        return _money(gig)
    elif gig.settlement == "credits":
        return hours(gig.credits_minutes) if gig.credits_minutes else _("Time credits"), _("in time credits")
    elif gig.settlement == "favour":
        return _("A favour"), effort(gig)
    elif gig.effort_minutes:
        return hours(gig.effort_minutes), str(SPANS[gig.effort_span or "total"])
    else:
        return "", ""


def effort(gig: Any) -> str:
    """Return how much time it takes: “about 30 h”, “5 h a week”; empty when nobody said."""
    if not gig.effort_minutes:
        return ""
    elif gig.effort_span in ("day", "week"):
        return f"{hours(gig.effort_minutes)} {SPANS[gig.effort_span]}"
    else:
        return _("about %(hours)s", hours=hours(gig.effort_minutes))


def place(gig: Any) -> str:
    """Return where: “Remote”, “Leeds”, “Leeds or remote”; empty when nobody said."""
    if gig.place:
        return _("%(place)s or remote", place=gig.place) if gig.remote else gig.place
    else:
        return _("Remote") if gig.remote else ""


def distant(place: str, kilometres: int | None) -> str:
    """Return where, and how far that is, as far as it is known: “Leeds, about 15 km”."""
    if kilometres is None:
        return place
    elif kilometres == 0:
        return _("%(place)s, right there", place=place)
    else:
        return _("%(place)s, about %(num)s km", place=place, num=number(kilometres))


def what(gig: Any) -> str:
    """Return what kind of listing it is where that is not the usual: “Offer”, “Mentorship”, “Offer of mentorship”."""
    if gig.direction == "offer":
        return str(OFFERS[gig.kind])
    else:
        return "" if gig.kind == "gig" else str(KINDS[gig.kind])


def by_day(gig: Any, today: date) -> str:
    """Return its due date in few letters: “by 12 Dec”."""
    return _("by %(short_day)s", short_day=short_day(gig.due_on, today)) if gig.due_on else ""


def why(held: list[str] | None, wanted: list[str] | None) -> str:
    """Return why a gig fits whoever looks: skills they have, skills they want to learn."""
    reasons = []
    if held:
        reasons.append(_("You know %(words)s", words=listed(held)))
    if wanted:
        learns = listed(wanted)
        reasons.append(
            _("here you can learn %(words)s", words=learns)
            if reasons
            else _("Here you can learn %(words)s", words=learns)
        )
    return f"{'; '.join(reasons)}." if reasons else ""


def terms(gig: Any, today: date) -> list[tuple[str, str]]:
    """Return what it asks and gives, as pairs of a label and words; what nobody said is left out."""
    worth, time = " ".join(pay(gig)), effort(gig)
    asked = [
        (_("In return"), {"favour": gig.favour, "none": _("Nothing")}.get(gig.settlement, "")),
        # Where nothing is paid, the time it takes is what stands on top already.
        (_("Time"), "" if time in worth or gig.settlement == "none" else time),
        (_("Begins"), day(gig.starts_on, today) if gig.starts_on else ""),
        (_("Ends"), day(gig.ends_on, today) if gig.ends_on else ""),
        (_("Due"), day(gig.due_on, today) if gig.due_on and gig.due_on != gig.ends_on else ""),
        (_("Where"), place(gig)),
        (_("Places"), ngettext("%(num)s person", "%(num)s people", gig.seats) if gig.seats > 1 else ""),
        (_("Experience"), LEVELS.get(gig.level, gig.level) if gig.level else ""),
    ]
    return [(label, words) for label, words in asked if words]


def settled(gig: Any) -> str:
    """Return how it is settled, in one line: “£480, fixed price”, “A favour: a cake”."""
    if gig.settlement == "money":
        amount, unit = pay(gig)
        per = _("an hour") if gig.pay_kind == "hourly" else unit
        return _("%(amount)s, %(unit)s", amount=amount, unit=per) if unit else amount
    elif gig.settlement == "credits":
        return (
            _("%(hours)s in time credits", hours=hours(gig.credits_minutes))
            if gig.credits_minutes
            else _("Time credits")
        )
    elif gig.settlement == "favour":
        return _("A favour: %(favour)s", favour=gig.favour) if gig.favour else _("A favour")
    else:
        return str(SETTLEMENTS["none"])


def _money(gig: Any) -> tuple[str, str]:
    unit = _("an hour") if gig.pay_kind == "hourly" else _("fixed price")
    if gig.pay_min is None:
        return _("To be agreed"), _("paid by the hour") if gig.pay_kind == "hourly" else ""
    amount = money_range(gig.pay_min, gig.pay_max, gig.currency) if gig.pay_max else money(gig.pay_min, gig.currency)
    time = effort(gig) if gig.pay_kind == "hourly" else ""
    return amount, _("%(unit)s, %(time)s", unit=unit, time=time) if time else unit
