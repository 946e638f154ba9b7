"""The short phrases of the content, turned into columns of a gig: “26-32 an hour”, “4 hours a week”, “remote”."""

import re
from typing import Any

from app.core.money import read_amount

_EFFORT = re.compile(r"([\d.]+) (hour|minute)s?(?: a (day|week))?")


def pay_columns(phrase: str, currency: str) -> dict[str, Any]:
    """Return how a gig is settled: `480`, `26-32 an hour`, `3 credits`, `favour: a jar of honey` or `none`."""
    if phrase == "none":
        return {"settlement": "none"}
    elif phrase.startswith("favour:"):
        return {"settlement": "favour", "favour": phrase.removeprefix("favour:").strip()}
    elif phrase.endswith((" credit", " credits")):
        return {"settlement": "credits", "credits_minutes": int(float(phrase.split()[0]) * 60)}
    amounts, _, per = phrase.partition(" an ")
    least, _, most = amounts.partition("-")
    return {
        "settlement": "money",
        "pay_kind": "hourly" if per else "fixed",
        "pay_min": read_amount(least, currency),
        "pay_max": read_amount(most, currency) if most not in ("", least) else None,
        "currency": currency,
    }


def effort_columns(phrase: str) -> dict[str, Any]:
    """Return how much work it is, in minutes and over what span: `16 hours`, `30 minutes a week`."""
    match = _EFFORT.fullmatch(phrase)
    if match is None:
        raise ValueError(f"{phrase!r} is no effort such as '16 hours' or '4 hours a week'")
    minutes = float(match[1]) * (60 if match[2] == "hour" else 1)
    return {"effort_minutes": int(minutes), "effort_span": match[3] or "total"}


def place_columns(phrase: str) -> dict[str, Any]:
    """Return where it happens: `remote`, `Leeds, United Kingdom`, or either."""
    places = [part.strip() for part in phrase.split(" or ")]
    return {"remote": "remote" in places, "place": " or ".join(part for part in places if part != "remote")}
