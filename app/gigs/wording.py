"""What a gig says of itself in few words. Pure and quick: a listing calls these for every row."""

from datetime import date
from typing import Any

from app.core.wording import day, hours, money, money_range, plural, short_day

DIRECTIONS = {"request": "Someone needs", "offer": "Someone offers"}
KINDS = {
    "gig": "Gig",
    "mentorship": "Mentorship",
    "shadowing": "Shadowing",
    "committee": "Committee",
    "learning": "Learning",
}
SETTLEMENTS = {"money": "Money", "credits": "Time credits", "favour": "A favour", "none": "Nothing in return"}
AUDIENCES = {"hall": "Everybody who visits", "members": "Members only"}
SPANS = {"total": "in all", "day": "a day", "week": "a week"}
LEVELS = {"": "Any", "Entry level": "Starting out", "Intermediate": "Some experience", "Expert": "A lot of experience"}


def pay(gig: Any) -> tuple[str, str]:
    """Return what it is worth, and the unit: (“£32–40”, “an hour, about 30 h”). Without a reward, the time it takes."""
    if gig.settlement == "money":
        return _money(gig)
    elif gig.settlement == "credits":
        return hours(gig.credits_minutes) if gig.credits_minutes else "Time credits", "in time credits"
    elif gig.settlement == "favour":
        return "A favour", effort(gig)
    elif gig.effort_minutes:
        return hours(gig.effort_minutes), SPANS[gig.effort_span or "total"]
    else:
        return "", ""


def effort(gig: Any) -> str:
    """Return how much time it takes: “about 30 h”, “5 h a week”; empty when nobody said."""
    if not gig.effort_minutes:
        return ""
    elif gig.effort_span in ("day", "week"):
        return f"{hours(gig.effort_minutes)} {SPANS[gig.effort_span]}"
    else:
        return f"about {hours(gig.effort_minutes)}"


def place(gig: Any) -> str:
    """Return where: “Remote”, “Leeds”, “Leeds or remote”; empty when nobody said."""
    if gig.place:
        return f"{gig.place} or remote" if gig.remote else gig.place
    else:
        return "Remote" if gig.remote else ""


def what(gig: Any) -> str:
    """Return what kind of listing it is where that is not the usual: “Offer”, “Mentorship”, “Offer of mentorship”."""
    kind = "" if gig.kind == "gig" else KINDS[gig.kind]
    if gig.direction == "offer":
        return f"Offer of {kind.lower()}" if kind else "Offer"
    else:
        return kind


def by_day(gig: Any, today: date) -> str:
    """Return its due date in few letters: “by 12 Dec”."""
    return f"by {short_day(gig.due_on, today)}" if gig.due_on else ""


def why(held: list[str] | None, wanted: list[str] | None) -> str:
    """Return why a gig fits whoever looks: skills they have, skills they want to learn."""
    reasons = []
    if held:
        reasons.append(f"You know {_and(held)}")
    if wanted:
        reasons.append(f"{'here you' if reasons else 'Here you'} can learn {_and(wanted)}")
    return f"{'; '.join(reasons)}." if reasons else ""


def terms(gig: Any, today: date) -> list[tuple[str, str]]:
    """Return what it asks and gives, as pairs of a label and words; what nobody said is left out."""
    worth, time = " ".join(pay(gig)), effort(gig)
    asked = [
        ("In return", {"favour": gig.favour, "none": "Nothing"}.get(gig.settlement, "")),
        # Where nothing is paid, the time it takes is what stands on top already.
        ("Time", "" if time in worth or gig.settlement == "none" else time),
        ("Begins", day(gig.starts_on, today) if gig.starts_on else ""),
        ("Ends", day(gig.ends_on, today) if gig.ends_on else ""),
        ("Due", day(gig.due_on, today) if gig.due_on and gig.due_on != gig.ends_on else ""),
        ("Where", place(gig)),
        ("Places", plural(gig.seats, "person", "people") if gig.seats > 1 else ""),
        ("Experience", LEVELS.get(gig.level, gig.level) if gig.level else ""),
    ]
    return [(label, words) for label, words in asked if words]


def settled(gig: Any) -> str:
    """Return how it is settled, in one line: “£480, fixed price”, “A favour: a cake”."""
    if gig.settlement == "money":
        amount, unit = pay(gig)
        return f"{amount}, {'an hour' if gig.pay_kind == 'hourly' else unit}" if unit else amount
    elif gig.settlement == "credits":
        return f"{hours(gig.credits_minutes)} in time credits" if gig.credits_minutes else "Time credits"
    elif gig.settlement == "favour":
        return f"A favour: {gig.favour}" if gig.favour else "A favour"
    else:
        return SETTLEMENTS["none"]


def _money(gig: Any) -> tuple[str, str]:
    unit = "an hour" if gig.pay_kind == "hourly" else "fixed price"
    if gig.pay_min is None:
        return "To be agreed", "paid by the hour" if gig.pay_kind == "hourly" else ""
    amount = money_range(gig.pay_min, gig.pay_max, gig.currency) if gig.pay_max else money(gig.pay_min, gig.currency)
    time = effort(gig) if gig.pay_kind == "hourly" else ""
    return amount, f"{unit}, {time}" if time else unit


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
